import type { Field } from '../../../catalogue/field.ts';
import type { Bands } from './age-bands.ts';

/** What people are grouped by: a field's values, or what a date or a postcode gives. */
export interface Grouping {
  /** As it is printed: `district`, `created:month`, `age:18,25,65`, `postcode:area`. */
  readonly name: string;
  readonly field: Field;
  readonly part: Part;
}

export type Part =
  | { readonly of: 'value' }
  | { readonly of: 'date'; readonly unit: DateUnit }
  | { readonly of: 'age'; readonly bands: Bands }
  | { readonly of: 'postcode'; readonly unit: PostcodeUnit };

export type DateUnit = 'year' | 'quarter' | 'month' | 'day';
export type PostcodeUnit = 'area' | 'district';
