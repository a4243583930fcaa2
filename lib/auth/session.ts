import { isId } from '@/core/ids';
import { type ListLook, USUAL_LOOK } from '@/core/list-look';
import {
  endSession as endRow,
  findLiveSession,
  type MerchantRow,
  touchSession,
  type UserRow,
} from '@/db/queries/merchants';
import type { Services } from '../context';
import { needsFactor } from './second-step';

export const IDLE_SECONDS = 900;
export const ABSOLUTE_SECONDS = 43_200;
/** How long a proof of who somebody is lets them do what needs one: refunds, keys, roles. */
export const STEP_UP_SECONDS = 300;
const TOUCH_SECONDS = 30;

export type LiveSession = {
  id: string;
  /** Signed in, or confirmed that it is them, within the last five minutes. */
  verified: boolean;
  user: Pick<UserRow, 'id' | 'name' | 'email' | 'role' | 'timeZone'>;
  /** How they have the list of links. */
  look: ListLook;
  merchant: Pick<MerchantRow, 'id' | 'name' | 'timeZone' | 'locale' | 'livemode'>;
  /** In which times are shown to them: their own zone, else the merchant's. */
  timeZone: string;
};

/**
 * The session with this id if it lives: not ended, user not disabled, used within 15 minutes, begun within 12 hours. Asked
 * on every request, so that an end or a disabled user counts at once. Where a second factor is required, a session that was
 * opened with the password alone opens nothing. `active` says that a person did something: only that
 * moves the idle limit (noted every 30 s at the most); a page that refreshes itself does not.
 */
export async function liveSession(
  { db, config }: Pick<Services, 'db' | 'config'>,
  id: string | null,
  active: boolean,
): Promise<LiveSession | null> {
  if (!id || !isId('session', id)) return null;
  const row = await findLiveSession(db, id, IDLE_SECONDS, ABSOLUTE_SECONDS);
  if (!row || (needsFactor(config) && row.factor === null)) return null;
  if (active && Number(row.idle) > TOUCH_SECONDS) await touchSession(db, id);
  const { user: found, merchant } = row;
  const { listLook, ...user } = found;
  return {
    ...{ id, user, merchant },
    verified: Number(row.verified) < STEP_UP_SECONDS,
    look: listLook ?? USUAL_LOOK,
    timeZone: user.timeZone ?? merchant.timeZone,
  };
}

/** Ends a session now and for good. */
export async function endSession({ db }: Pick<Services, 'db'>, id: string): Promise<void> {
  if (isId('session', id)) await endRow(db, id);
}
