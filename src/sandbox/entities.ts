import type { Switches } from './switches.ts';

const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** What HTML calls the letters from U+00C0 on. */
const letterNames =
  `Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
  agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml
  eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(/\s+/);

/** Escapes a text for HTML, as PHP's `htmlspecialchars` and `htmlentities` do. */
export function escapeHtml(entities: Switches['entities'], text: string): string {
  const safe = text.replace(/[&<>"']/g, char => special[char] ?? char);
  if (entities === 'named') return safe.replace(/[À-ÿ]/g, char => `&${letterNames[char.charCodeAt(0) - 0xc0]};`);
  return entities === 'numeric' ? safe.replace(/[^\0-\x7f]/gu, char => `&#${char.codePointAt(0)};`) : safe;
}
