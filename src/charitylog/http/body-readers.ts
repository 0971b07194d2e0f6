/** What reads the bodies of answers: as a whole, or person by person. */
import { bounds } from '../../base/bounds.ts';
import type { Hold } from '../../base/budget.ts';
import type { PeopleStream } from '../stream/people-stream.ts';
import { type AnswerHead, type BodyReader, beginningOf, isSuccess, weighed, wholeText } from './answer.ts';
import { noRoom, tooLarge, unreadableBody } from './body-failures.ts';
import { readText } from './charset.ts';

/**
 * Reads a body as a whole; of one that failed, the beginning.
 *
 * @param hold what it takes while it arrives; that of a write is never refused
 */
export function wholeAnswer(head: AnswerHead, hold?: Hold): BodyReader {
  if (!isSuccess(head)) return readText(head.contentType, beginningOf(bounds.failedAnswer), true);
  const whole = wholeText(bounds.wholeAnswer, tooLarge);
  return readText(head.contentType, hold ? weighed(whole, hold, noRoom) : whole);
}

/** Hands on each person of a body, and keeps what it holds besides. */
export function bodyOfPeople(head: AnswerHead, stream: PeopleStream, hold: Hold): BodyReader {
  const readable = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw error instanceof SyntaxError ? unreadableBody({ ...head, text: '' }) : error;
    }
  };
  const people = {
    write: (text: string) => readable(() => stream.write(text)),
    end: () => readable(() => stream.end()),
    kept: () => stream.kept,
  };
  return readText(head.contentType, weighed(people, hold, noRoom));
}
