import type { NamedField } from '../conditions/condition.ts';
import type { Bands } from './age-bands.ts';

/** What people are grouped by; `name` is as it is printed: `district`, `created:month`, `age:18,25,65`, `postcode:area`. */
export interface Grouping extends NamedField {
  readonly part: Part;
}

export type Part =
  | { readonly of: 'value' }
  | { readonly of: 'date'; readonly unit: DateUnit }
  | { readonly of: 'age'; readonly bands: Bands }
  | { readonly of: 'postcode'; readonly unit: PostcodeUnit };

export type DateUnit = 'year' | 'quarter' | 'month' | 'day';
export type PostcodeUnit = 'area' | 'district';
