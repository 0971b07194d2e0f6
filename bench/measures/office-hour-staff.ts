import { setTimeout as delay } from 'node:timers/promises';
import type { McpHttp } from '../support/mcp-http.ts';
import { type OfficeQuestion, officeDay, type Sitting } from './office-day-questions.ts';
import { nth } from './warm-calls.ts';

/** As assistants do: a call that found no copy, or lost it, is sent once more. */
const againAfterMs = 500;

const firstNames = 'Agnes Bertram Cosima Dorian Edwina Fergus Ginevra Hamish Isolde Jocelyn Keziah Lorcan'.split(' ');
const surnames =
  'Abernethy Birtwhistle Cholmondley Dunwoody Entwistle Featherstone Garforth Hepplewhite Inchbald Jellicoe Kilvert Lamplugh Murgatroyd Netherwood Oglethorpe Pilkington Quillfeather Ravenscroft Satterthwaite Tregarthen Umfreville Venables Wolstenholme Yelverton Zouche'.split(
    ' ',
  );

/** What became of all calls. */
export interface CallLog {
  /** From sending a call to its answer, the second sending included, in milliseconds. */
  readonly answeredMs: number[];
  answeredAtSecondSending: number;
  /** Not answered by then either. */
  lost: number;
  /** How often each kind of error was met, at the first sending too. */
  readonly errors: Record<string, number>;
  /** How the creates were answered, by status. */
  readonly creates: Record<string, number>;
}

export function openCallLog(): CallLog {
  return { answeredMs: [], answeredAtSecondSending: 0, lost: 0, errors: {}, creates: {} };
}

/** Counts one more of a kind. */
function countIn(counts: Record<string, number>, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

/** The person whom a member of staff adds, and nobody else. */
export function newPersonOf(staff: number): { first_name: string; surname: string } {
  return { first_name: nth(firstNames, staff), surname: nth(surnames, Math.floor(staff / firstNames.length)) };
}

/** The two conversations of a member of staff in this hour. */
export function sittingsOf(staff: number): readonly [Sitting, Sitting] {
  return [nth(officeDay, 2 * staff), nth(officeDay, 2 * staff + 1)];
}

/** A member of staff who asks one question after the other through an assistant, and writes down what comes of it. */
export class Staff {
  readonly #number: number;
  readonly #client: McpHttp;
  readonly #log: CallLog;

  constructor(number: number, client: McpHttp, log: CallLog) {
    this.#number = number;
    this.#client = client;
    this.#log = log;
  }

  /**
   * Holds a conversation: a question begins so long after the one before, or as soon as that is answered.
   *
   * @param startsAt when it begins, by `performance.now()`
   */
  async hold(sitting: Sitting, startsAt: number, betweenMs: number): Promise<void> {
    const cursors = new Map<string, string>();
    await until(startsAt);
    await this.#answered(() => this.#client.initialize());
    for (const [turn, question] of sitting.entries()) {
      await until(startsAt + turn * betweenMs);
      await this.#ask(question, cursors);
    }
  }

  async #ask({ tool, args, page }: OfficeQuestion, cursors: Map<string, string>): Promise<void> {
    const key = JSON.stringify([tool, args]);
    const cursor = page && cursors.get(key);
    const own = tool === 'create_person' ? { ...args, email: undefined, ...newPersonOf(this.#number) } : args;
    const answer = await this.#answered(() => this.#client.call(tool, { ...own, ...(cursor && { cursor }) }));
    if (!answer) return;
    if (answer.isError) return countIn(this.#log.errors, `${tool}: ${answer.text.split(/[.:;]/)[0]}`);
    const { next_cursor, status } = JSON.parse(answer.text);
    if (next_cursor !== undefined) cursors.set(key, next_cursor);
    if (tool === 'create_person') countIn(this.#log.creates, status);
  }

  /** An answer, at the second sending if not at the first; `undefined` for a call that is lost. */
  async #answered<T>(send: () => Promise<T>): Promise<T | undefined> {
    const startedAt = performance.now();
    try {
      const answer = await send().catch(async error => {
        countIn(this.#log.errors, kindOf(error));
        await delay(againAfterMs);
        const again = await send();
        this.#log.answeredAtSecondSending++;
        return again;
      });
      this.#log.answeredMs.push(performance.now() - startedAt);
      return answer;
    } catch (error) {
      countIn(this.#log.errors, kindOf(error));
      this.#log.lost++;
      return undefined;
    }
  }
}

async function until(time: number): Promise<void> {
  const ms = time - performance.now();
  if (ms > 0) await delay(ms);
}

/** The code of a connection's failure, or the status of an answer that isn't the service's. */
function kindOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code ?? message.split(':')[0] ?? '';
}
