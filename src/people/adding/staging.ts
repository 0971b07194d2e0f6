import { CharitylogError } from '../../base/errors.ts';
import type { Config } from '../../settings/config.ts';

/** The settings for the staging area. */
export type StagingSettings = Pick<Config, 'referralSource' | 'referralRole' | 'referralDescription'>;

/**
 * A person as the staging area takes it: the type as `org_type_id`, and what the charity's settings add (manual: API
 * external referrals, rev. 20 February 2023).
 *
 * @throws CharitylogError `invalid` without a type, which the staging area needs
 */
export function stagedValues(
  record: ReadonlyMap<string, string>,
  settings: StagingSettings,
): ReadonlyMap<string, string> {
  const { type, ...fields } = Object.fromEntries(record);
  if (type === undefined) {
    const message = 'type is missing: the staging area needs it. Nothing was sent.';
    throw new CharitylogError('invalid', message, { logText: 'no type' });
  }
  const { referralDescription, referralSource, referralRole } = settings;
  return new Map(
    Object.entries({
      ...fields,
      org_type_id: type,
      ...(referralDescription !== undefined && { description: referralDescription }),
      ...(referralSource !== undefined && { source: referralSource }),
      ...(referralRole !== undefined && { referral_role: referralRole }),
    }),
  );
}
