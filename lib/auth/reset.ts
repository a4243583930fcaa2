import * as z from 'zod';
import { type Outcome, ok } from '@/core/outcome';
import { addJob } from '@/db/queries/jobs';
import { findUserByEmail } from '@/db/queries/merchants';
import { noteReset } from '@/db/queries/password-links';
import type { Services } from '../context';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { queueStaffLetter } from '../staff-letters/queue';
import { systemCtx } from '../system';
import { transact } from '../transact';
import { makePasswordLink } from './password-link';

const DAY_SECONDS = 86_400;
/** A link lives as long as the letters of its account are counted: whoever uses them up leaves the person one that works. */
const LIMITS = { email: { most: 5, seconds: DAY_SECONDS }, address: { most: 20, seconds: 3600 } };

const askInput = z.strictObject({ email: z.string().trim().toLowerCase().pipe(z.email().max(254)) });

type From = { address: string; requestId: string };

/**
 * Somebody has forgotten a password. What is done here is the same for an account that exists, one that does not and one
 * beyond its limit, and so are answer and time: a job looks whose it is.
 */
export async function askPasswordReset(services: Services, raw: unknown, from: From): Promise<Outcome<true>> {
  const parsed = parseInput(askInput, raw);
  if (!parsed.ok) return parsed;
  const { email } = parsed.value;
  const { address, requestId } = from;
  return transact(services, async (tx) => {
    if (await noteReset(tx, { email, address }, LIMITS))
      await addJob(tx, 'start_password_reset', { email, address, requestId });
    return ok(true);
  });
}

/** Writes the letter of a new password, where the account exists and works. For the worker. */
export async function startPasswordReset(
  services: Services,
  { email, address, requestId }: From & { email: string },
): Promise<Outcome<'queued' | 'nobody'>> {
  const user = await findUserByEmail(services.db, email);
  if (!user || user.disabledAt) return ok('nobody');
  const ctx = { ...systemCtx(services, user.merchantId, requestId), address };
  return transact(ctx, async (tx) => {
    const link = await makePasswordLink(tx, user, 'reset');
    await queueStaffLetter(ctx, tx, user.id, 'reset', link);
    await audit(ctx, tx, 'user.ask_password_reset', user.id);
    return ok('queued');
  });
}
