import { idPlace } from '../../settings/traces.ts';

/**
 * A person as shown, with the link to the record in the web application where a charity has told its address. A field that
 * the system itself calls `url` stays what it is.
 *
 * @param recordUrl an address with `{id}`
 */
export function withLink<T extends Readonly<Record<string, unknown>>>(
  shown: T & { readonly id?: unknown },
  recordUrl: string | undefined,
): T & { readonly url?: unknown } {
  if (recordUrl === undefined || shown.id === undefined || 'url' in shown) return shown;
  return { ...shown, url: recordUrl.replaceAll(idPlace, String(shown.id)) };
}
