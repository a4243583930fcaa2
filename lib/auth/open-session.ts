import type { SignInFactor } from '@/core/second-factor';
import type { Executor } from '@/db/client';
import { insertSession, type UserRow } from '@/db/queries/merchants';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { scrub } from '../log';

/** Where somebody signs in from. */
export type From = { address: string; userAgent?: string | null; requestId: string };

/** Opens a session: the only place that does. `factor`: what was proved beside the password, or instead of it. */
export async function openSession(
  services: Services,
  tx: Executor,
  user: UserRow,
  from: From,
  factor: SignInFactor | null,
): Promise<string> {
  const session = newId('session');
  await insertSession(tx, {
    id: session,
    merchantId: user.merchantId,
    userId: user.id,
    factor,
    address: from.address,
    userAgent: from.userAgent ? scrub(from.userAgent).slice(0, 300) : null,
  });
  await audit(actOf(services, user, from, 'user'), tx, 'sign_in', user.id, factor ? { factor } : {});
  return session;
}

/** What somebody does who is not signed in yet, or what happens to them. */
export const actOf = (services: Services, user: UserRow, from: From, kind: 'user' | 'system'): Ctx => ({
  ...services,
  merchantId: user.merchantId,
  actor: kind === 'system' ? { kind } : { kind, id: user.id, name: user.name, role: user.role },
  requestId: from.requestId,
  address: from.address,
});
