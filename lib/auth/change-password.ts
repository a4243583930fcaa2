import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { dropPasswordLinks, storePassword } from '@/db/queries/password-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { parseReport, refuseField } from '../parse';
import { queueStaffLetter } from '../staff-letters/queue';
import { transact } from '../transact';
import { endAccess } from './end-access';
import { hashPassword } from './password';
import { MAX_CHARACTERS, passwordProblem } from './password-rules';
import type { LiveSession } from './session';
import { proveOldPassword } from './sign-in';

const password = z.string().max(MAX_CHARACTERS, `must have at most ${MAX_CHARACTERS} characters`);
const changeInput = z.strictObject({ current: password, password });

/** A new password in the place of the old one. Whatever else is signed in with it ends; this session stays. */
export async function changePassword(
  ctx: Ctx,
  { id: session, user }: Pick<LiveSession, 'id' | 'user'>,
  raw: unknown,
): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'account:write');
  if (!allowed.ok) return allowed;
  const parsed = parseReport(changeInput, raw);
  if (!parsed.ok) return parsed;
  const { current, password: wanted } = parsed.value;
  const { requestId, address = '' } = ctx;
  const proved = await proveOldPassword(ctx, user.email, { password: current, requestId, address });
  if (!proved.ok)
    return proved.error.code === 'unauthenticated' ? refuseField('current', 'is not right') : proved;
  const problem = passwordProblem(wanted, [user.email, user.name]);
  if (problem) return refuse('invalid', problem, { errors: [{ path: 'password', message: problem }] });
  const passwordHash = await hashPassword(wanted);
  const { merchantId } = ctx;
  return transact(ctx, async (tx) => {
    const own = { merchantId, id: user.id };
    await storePassword(tx, own, passwordHash);
    await dropPasswordLinks(tx, own);
    await endAccess(tx, own, session);
    await audit(ctx, tx, 'user.set_password', user.id, { by: 'change' });
    await queueStaffLetter(ctx, tx, user.id, 'password_changed');
    return ok(true);
  });
}
