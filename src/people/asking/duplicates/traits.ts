import type { BlockKind, Keys } from '../../matching/blocking-keys.ts';
import { hashOf } from '../../matching/blocks.ts';
import type { KnownDetails } from '../../matching/known-details.ts';

/** Sounds that are kept of a person's names. */
const sounds = 5;

/** What tells within nanoseconds that two people who share a key are hardly one: numbers, in 80 bytes a person. */
export class Traits {
  #ids: number[] = [];
  /** A birthday as 19480517, or 0. */
  #days: number[] = [];
  #names: number[] = [];
  /** A bit for each letter that a first name or a surname begins with. */
  #initials: number[] = [];
  #sounds: number[] = [];

  add(id: number, { born = 0, firstNames, surname }: KnownDetails, keys: Keys): void {
    this.#ids.push(id);
    this.#days.push(born);
    this.#names.push(
      hashOf(
        [firstNames[0] ?? [], surname]
          .map(words => words.join(''))
          .sort()
          .join(' '),
      ),
    );
    const firsts = [...firstNames.map(words => words[0]), ...surname].map(
      (word = '') => 1 << (word.charCodeAt(0) & 31),
    );
    this.#initials.push(firsts.reduce((all, one) => all | one, 0));
    for (let n = 0; n < sounds; n++) this.#sounds.push(hashOf(keys.sounds[n] ?? ''));
  }

  idOf(position: number): number {
    return this.#ids[position] ?? 0;
  }

  /** False for two who share a key of this kind, and too little else. */
  mayBeOne(kind: BlockKind, a: number, b: number): boolean {
    const [day, other] = [this.#days[a] ?? 0, this.#days[b] ?? 0];
    switch (kind) {
      case 'name':
        // Who shares more than the name is compared for that.
        return day === 0 || other === 0 ? this.#names[a] === this.#names[b] : isOneSlip(day, other);
      case 'birthday':
        return this.#commonSounds(a, b) > 0;
      case 'phone':
      case 'postcode':
      case 'address':
        return day === other || isOneSlip(day, other) || this.#commonSounds(a, b) > 1 || this.#haveInitials(a, b);
      default:
        return true;
    }
  }

  #commonSounds(a: number, b: number): number {
    let common = 0;
    for (let n = 0; n < sounds; n++) {
      const sound = this.#sounds[a * sounds + n];
      for (let m = 0; m < sounds; m++) if (sound !== noSound && sound === this.#sounds[b * sounds + m]) common++;
    }
    return common;
  }

  /** True for the same initials of both names. */
  #haveInitials(a: number, b: number): boolean {
    const [one = 0, other = 0] = [this.#initials[a], this.#initials[b]];
    const common = one & other;
    return common === one || common === other || (common & (common - 1)) !== 0;
  }
}

const noSound = hashOf('');

/** True for days of which one digit differs, or two neighbouring ones have changed places. */
function isOneSlip(a: number, b: number): boolean {
  let differing = 0;
  for (let [one, other] = [a, b]; one > 0 || other > 0; one = Math.floor(one / 10), other = Math.floor(other / 10)) {
    if (one % 10 !== other % 10) differing++;
  }
  return differing === 1 || (differing === 2 && digitSum(a) === digitSum(b));
}

function digitSum(day: number): number {
  let sum = 0;
  for (let rest = day; rest > 0; rest = Math.floor(rest / 10)) sum += rest % 10;
  return sum;
}
