import { randomBytes } from 'node:crypto';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import {
  clearResets,
  dropPasswordLinks,
  findPasswordLink,
  insertPasswordLink,
  type LinkPurpose,
  storePassword,
  usePasswordLink,
} from '@/db/queries/password-links';
import { joinUser } from '@/db/queries/team';
import type { Config, Ctx, Services } from '../context';
import { sha256 } from '../crypto';
import { audit } from '../events/audit';
import { queueStaffLetter } from '../staff-letters/queue';
import { transact } from '../transact';
import { endAccess } from './end-access';
import { hashPassword } from './password';
import { passwordProblem } from './password-rules';

const LIFE_SECONDS: Record<LinkPurpose, number> = { start: 86_400, invitation: 72 * 3600, reset: 86_400 };

/** A new link with which this user sets a password, once; earlier ones stop working. Its secret is kept nowhere. */
export async function makePasswordLink(
  tx: Executor,
  user: Pick<UserRow, 'merchantId' | 'id'>,
  purpose: LinkPurpose,
): Promise<{ secret: string; hash: string }> {
  const secret = randomBytes(32).toString('base64url');
  const hash = sha256(secret);
  await dropPasswordLinks(tx, user);
  await insertPasswordLink(tx, { user, hash, purpose, seconds: LIFE_SECONDS[purpose] });
  return { secret, hash };
}

/** Where it is opened. The secret stands behind the #, which browsers send to nobody and no log holds. */
export const passwordLinkUrl = ({ portalUrl }: Pick<Config, 'portalUrl'>, secret: string): string =>
  `${portalUrl}/set-password#${secret}`;

/** The address at which the first owner sets a password, within 24 hours. */
export async function newPasswordLink(
  { config }: Pick<Services, 'config'>,
  tx: Executor,
  user: Pick<UserRow, 'merchantId' | 'id'>,
): Promise<string> {
  return passwordLinkUrl(config, (await makePasswordLink(tx, user, 'start')).secret);
}

export type SetPassword = { secret: string; password: string; address: string; requestId: string };

const GONE = refuse(
  'not_found',
  'This link does not work any more: it was used, replaced by a newer one, or its time is over.',
);
const TAKEN = refuse(
  'conflict',
  'Your e-mail address has another account here. Ask to be invited at another address of yours.',
);

/**
 * Sets the password of the user whose link this is, spends the link and ends whatever the user has open. Who was invited has
 * joined with it.
 */
export async function setPassword(
  services: Services,
  { secret, password, address, requestId }: SetPassword,
): Promise<Outcome<{ email: string }>> {
  const hash = sha256(secret);
  const found = await findPasswordLink(services.db, hash);
  if (!found) return GONE;
  const { user, link } = found;
  const problem = passwordProblem(password, [user.email, user.name]);
  if (problem) return refuse('invalid', problem, { errors: [{ path: 'password', message: problem }] });
  const passwordHash = await hashPassword(password);
  const { merchantId, id, name, role } = user;
  const ctx: Ctx = { ...services, merchantId, requestId, address, actor: { kind: 'user', id, name, role } };
  return transact(ctx, async (tx) => {
    if (!(await usePasswordLink(tx, hash))) return GONE;
    if (!user.joinedAt && !(await joinUser(tx, user))) return TAKEN;
    await storePassword(tx, user, passwordHash);
    await dropPasswordLinks(tx, user);
    await clearResets(tx, user.email.toLowerCase());
    await endAccess(tx, user);
    await audit(ctx, tx, 'user.set_password', id, { by: link.purpose });
    if (link.purpose === 'reset') await queueStaffLetter(ctx, tx, id, 'password_changed');
    return ok({ email: user.email });
  });
}
