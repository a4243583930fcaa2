import { randomBytes } from 'node:crypto';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import {
  dropPasswordLinks,
  endSessionsOf,
  findPasswordLinkUser,
  insertPasswordLink,
  storePassword,
  usePasswordLink,
} from '@/db/queries/password-links';
import type { Ctx, Services } from '../context';
import { sha256 } from '../crypto';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { hashPassword } from './password';
import { passwordProblem } from './password-rules';

const LIFE_SECONDS = 86_400;

/**
 * A new address at which this user sets a password, once, within 24 hours; earlier ones stop working. The secret stands
 * behind the #, which browsers send to nobody and no log holds.
 */
export async function newPasswordLink(
  { config }: Pick<Services, 'config'>,
  tx: Executor,
  user: Pick<UserRow, 'merchantId' | 'id'>,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await dropPasswordLinks(tx, user);
  await insertPasswordLink(tx, { user, hash: sha256(secret), seconds: LIFE_SECONDS });
  return `${config.portalUrl}/set-password#${secret}`;
}

export type SetPassword = { secret: string; password: string; address: string; requestId: string };

const GONE = refuse(
  'not_found',
  'This link does not work any more: it was used, replaced by a newer one, or is older than 24 hours.',
);

/** Sets the password of the user whose link this is, spends the link and ends the user's sessions. */
export async function setPassword(
  services: Services,
  { secret, password, address, requestId }: SetPassword,
): Promise<Outcome<{ email: string }>> {
  const hash = sha256(secret);
  const user = await findPasswordLinkUser(services.db, hash);
  if (!user) return GONE;
  const problem = passwordProblem(password, [user.email, user.name]);
  if (problem) return refuse('invalid', problem, { errors: [{ path: 'password', message: problem }] });
  const passwordHash = await hashPassword(password);
  const { merchantId, id, name, role } = user;
  const ctx: Ctx = { ...services, merchantId, requestId, address, actor: { kind: 'user', id, name, role } };
  return transact(ctx, async (tx) => {
    if (!(await usePasswordLink(tx, hash))) return GONE;
    await storePassword(tx, user, passwordHash);
    await endSessionsOf(tx, user);
    await audit(ctx, tx, 'user.set_password', id);
    return ok({ email: user.email });
  });
}
