import { type Outcome, ok, refuse } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { findMerchant } from '@/db/queries/merchants';
import { findPasswordLink, noteLetter } from '@/db/queries/password-links';
import { findUser } from '@/db/queries/team';
import { passwordLinkUrl } from '../auth/password-link';
import type { Ctx } from '../context';
import { unseal } from '../crypto';
import { SendAgain } from '../messages/send';
import type { MailTransport } from '../messaging/port';
import type { StaffLetter } from '../messaging/staff-letter';
import { staffLetterMail } from '../messaging/templates/staff-letter';
import { executor } from '../transact';
import { STAFF_REFERENCE } from './outcome';
import { sealedFor } from './queue';

type Queued = { user: string; letter: StaffLetter; link?: string | undefined; secret?: string | undefined };

/**
 * Sends a letter to a member of staff, unless the link that it carries works no more. For the worker. Its reference is the same
 * at each try, so that a mail server can drop a repeat. Throws SendAgain when it is not decided; not on the `lastTry`.
 */
export async function sendStaffLetter(
  ctx: Ctx,
  { user: id, letter, link, secret }: Queued,
  mail: MailTransport,
  lastTry: boolean,
): Promise<Outcome<'sent' | 'suppressed' | 'undelivered'>> {
  const tx = executor(ctx);
  const [user, merchant] = await Promise.all([
    findUser(tx, { merchantId: ctx.merchantId, id }),
    findMerchant(tx, ctx.merchantId),
  ]);
  if (!user || !merchant) return refuse('not_found', 'There is no such user any more.');
  if (user.disabledAt || (link && !(await findPasswordLink(tx, link)))) return ok('suppressed');
  const open = link && secret ? unseal(ctx.config.dataKey, secret, sealedFor(link)) : null;
  const url = open === null ? `${ctx.config.portalUrl}/forgot-password` : passwordLinkUrl(ctx.config, open);
  const { name, email, role } = user;
  const written = await staffLetterMail(letter, { merchant: merchant.name, name, email, role, url });
  const result = await mail.send({
    ...{ ...written, to: user.email, fromName: merchant.name, replyTo: merchant.contactEmail },
    ...{ reference: STAFF_REFERENCE + (link ?? ctx.requestId), at: await readNow(tx) },
  });
  if (result.kind === 'retry' && !lastTry) throw new SendAgain(result.reason);
  if (link) await noteLetter(tx, link, result.kind === 'accepted' ? null : result.reason);
  return ok(result.kind === 'accepted' ? 'sent' : 'undelivered');
}
