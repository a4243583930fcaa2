import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { endSessionsOf, listSessions } from '@/db/queries/sessions';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { executor, transact } from '../transact';
import { deviceOf } from './device';
import { ABSOLUTE_SECONDS, IDLE_SECONDS } from './session';

export type OwnSession = {
  id: string;
  isThis: boolean;
  device: string;
  address: string | null;
  since: string;
  lastSeenAt: string;
};

/** Whose session it is; none but a person has any. */
const personOf = ({ actor, merchantId }: Ctx): Outcome<{ merchantId: number; id: string }> =>
  actor.kind === 'user'
    ? ok({ merchantId, id: actor.id })
    : refuse('forbidden', 'Only a person has an account.');

/** Where this person is signed in; `current` is the session that asks. */
export async function listOwnSessions(ctx: Ctx, current: string): Promise<Outcome<OwnSession[]>> {
  const allowed = authorize(ctx, 'account:write');
  if (!allowed.ok) return allowed;
  const person = personOf(ctx);
  if (!person.ok) return person;
  const limits = { idleSeconds: IDLE_SECONDS, absoluteSeconds: ABSOLUTE_SECONDS };
  const rows = await listSessions(executor(ctx), person.value, limits);
  const views = rows.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
    ...{ id, isThis: id === current, device: deviceOf(userAgent), address },
    ...{ since: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
  }));
  return ok(views.sort((one, other) => Number(other.isThis) - Number(one.isThis)));
}

/** Ends one of this person's sessions, or with `others` all but that one; how many. */
export async function endOwnSessions(
  ctx: Ctx,
  which: { only: string } | { others: string },
): Promise<Outcome<number>> {
  const allowed = authorize(ctx, 'account:write');
  if (!allowed.ok) return allowed;
  const person = personOf(ctx);
  if (!person.ok) return person;
  const choice = 'only' in which ? { only: which.only } : { except: which.others };
  const gone = refuse('not_found', 'There is no such session.');
  if (!Object.values(choice).every((id) => isId('session', id))) return gone;
  return transact(ctx, async (tx) => {
    const ended = await endSessionsOf(tx, person.value, choice);
    if (ended === 0 && 'only' in which) return gone;
    await audit(ctx, tx, 'session.end', person.value.id, { ...choice, ended });
    return ok(ended);
  });
}
