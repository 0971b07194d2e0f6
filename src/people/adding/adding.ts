import type { Config } from '../../settings/config.ts';
import type { Call } from '../call.ts';
import type { RecentReading } from '../matching/recent-reading.ts';
import type { ConfirmTokens } from './confirm-token.ts';
import type { CreateLedger } from './ledger.ts';

/** The settings that decide how people are added. */
export type AddingSettings = Pick<
  Config,
  | 'requiredFields'
  | 'createVia'
  | 'createMark'
  | 'referralSource'
  | 'referralRole'
  | 'referralDescription'
  | 'confirm'
  | 'elicitation'
  | 'recordUrl'
>;

/** The user at the host, as far as they can be asked. */
export interface HostUser {
  readonly canAsk: boolean;
  /** True where the host draws the review view. */
  readonly seesReview: boolean;
  /**
   * What they said to the question of the round before: `chosen` where it is somebody who is there, `dismissed` where they closed it, `failed` where the host couldn't
   * put it, `undefined` where none was put.
   */
  readonly answer: 'accepted' | 'chosen' | 'refused' | 'dismissed' | 'failed' | undefined;
  /** Which choice it is, where they have chosen one. */
  readonly choice?: string | undefined;
  /** The state that the question carried. */
  readonly state: string | undefined;
}

/** The choice of a person who isn't there yet. */
export const noneOfThese = 'None of these: add a new person';

/** A question to the user at the host, instead of a result; the call comes again with the answer. */
export class AskUser {
  readonly message: string;
  readonly state: string;
  /** The people whom it may be; none where the question is whether to add the person at all. */
  readonly choices: readonly string[];

  /** @param state comes back with the answer, through hands that may change it */
  constructor(message: string, state: string, choices: readonly string[]) {
    this.message = message;
    this.state = state;
    this.choices = choices;
  }
}

/** What adding somebody works with. */
export interface Adding extends Call {
  readonly settings: AddingSettings;
  /** Tells of the user at the host. */
  readonly user: () => HostUser;
  readonly tokens: ConfirmTokens;
  readonly ledger: CreateLedger;
  /**
   * Notes that a record is about to be sent, and resolves when it may be.
   *
   * @throws CharitylogError `config` where the note is required and can't be made
   */
  readonly noteSending: () => Promise<void>;
  /** Everybody as they were read for the last dry run. */
  readonly recentReading: RecentReading;
  /** Called when a record is about to be sent: an answer that is kept may be wrong from then on. */
  readonly forgetAnswers: () => void;
  /** Tells how a create ended whose call had ended before. */
  readonly reportLateOutcome: (outcome: CreateResult) => void;
}

/** What the caller is told of a new person. */
export interface CreateResult extends Record<string, unknown> {
  readonly status: string;
  /** What to do, and what not to do. */
  readonly next?: string;
  /** What the review view is told, and nobody else. */
  readonly forView?: Readonly<Record<string, unknown>>;
}
