/** Bands of ages: all of one width in years, or beginning at these ages. */
export type Bands = { readonly width: number } | { readonly starts: readonly number[] };

/** A single number is a width only where nobody could take it for an age that matters. */
const widths = [1, 2, 3, 4, 5, 10, 15, 20, 25];

const oldest = 130;
const maxBands = 20;

const numberWords = new Map(Object.entries({ fives: 5, five: 5, tens: 10, ten: 10, decade: 10, decades: 10 }));

/** One band as people write it: `under 18`, `18-24`, `65+`, or the age at which one begins. */
const band =
  /(?:under|below|<)\s*(\d{1,3})|(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})|(\d{1,3})\s*(?:\+|plus|(?:and|or) (?:over|above|older))|(\d{1,3})/gi;

/**
 * Reads `10`, `tens`, `10-year bands`, `18,25,65` or `under 18, 18-24, 25+`.
 *
 * @returns `undefined` for what isn't bands; a text where bands are meant and can't be told
 */
export function readBands(text: string): Bands | string | undefined {
  const words = text
    .toLowerCase()
    .replace(/(\d)[ -]?(?:years?|yrs?)\b|(\d)s\b/g, '$1$2')
    .replace(/\b(?:bands?|groups?|ranges?|steps?|years?|of|in|by|each)\b/g, ' ')
    .trim();
  const single = numberWords.get(words) ?? (/^\d{1,3}$/.test(words) ? Number(words) : undefined);
  if (single !== undefined) return widths.includes(single) ? { width: single } : `0,${single}`;
  if (!/\d/.test(words) || /[^\s,;/|]/.test(words.replace(band, '').replace(/\band\b/g, ''))) return undefined;
  const starts = [...words.matchAll(band)].flatMap(([, under, from, to, over, start]) =>
    [under, from, to && Number(to) + 1, over, start].filter(age => age !== undefined).map(Number),
  );
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  return sorted.length <= maxBands && sorted.every(age => age <= oldest) ? { starts: sorted } : undefined;
}

/** As they are printed behind `age:`. */
export function printBands(bands: Bands): string {
  return 'width' in bands ? String(bands.width) : bands.starts.length === 1 ? `0,${bands.starts}` : bands.starts.join();
}

/** The band that an age belongs to: `60-69`, `under 18`, `65+`. */
export function bandOf(age: number, bands: Bands): string {
  if ('width' in bands) {
    const { width } = bands;
    const start = Math.floor(age / width) * width;
    return width === 1 ? String(age) : `${start}-${start + width - 1}`;
  }
  const next = bands.starts.find(start => start > age);
  const start = bands.starts.findLast(start => start <= age);
  if (start === undefined) return `under ${next}`;
  if (next === undefined) return `${start}+`;
  return next - start === 1 ? String(start) : `${start}-${next - 1}`;
}

/** Bands in the order of age. */
export function rankOfBand(label: string): number {
  return label.startsWith('under') ? -1 : Number.parseInt(label, 10);
}
