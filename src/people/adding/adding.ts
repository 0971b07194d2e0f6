import type { Config } from '../../settings/config.ts';
import type { Call } from '../call.ts';
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
   * What they said to the question of the round before: `dismissed` where they closed it, `failed` where the host couldn't
   * put it, `undefined` where none was put.
   */
  readonly answer: 'accepted' | 'refused' | 'dismissed' | 'failed' | undefined;
  /** The state that the question carried. */
  readonly state: string | undefined;
}

/** A question to the user at the host, instead of a result; the call comes again with the answer. */
export class AskUser {
  readonly message: string;
  readonly state: string;

  /** @param state comes back with the answer, through hands that may change it */
  constructor(message: string, state: string) {
    this.message = message;
    this.state = state;
  }
}

/** What adding somebody works with. */
export interface Adding extends Call {
  readonly settings: AddingSettings;
  readonly user: HostUser;
  readonly tokens: ConfirmTokens;
  readonly ledger: CreateLedger;
  /**
   * Notes that a record is about to be sent, and resolves when it may be.
   *
   * @throws CharitylogError `config` where the note is required and can't be made
   */
  readonly noteSending: () => Promise<void>;
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
