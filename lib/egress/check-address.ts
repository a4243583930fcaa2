import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '../context';
import { refuseField } from '../parse';
import { requireNoTransaction } from '../transact';
import { checkUrl, type Resolve } from './guard';

/** An address that a merchant gives, judged as at each send, in its one spelling; or the refusal of the field it stands in. */
export async function checkAddress(
  ctx: Ctx,
  path: string,
  address: string,
  resolve?: Resolve,
): Promise<Outcome<string>> {
  requireNoTransaction(ctx);
  const checked = await checkUrl(address, ctx.config.egressAllow, resolve);
  return checked.ok ? ok(checked.target.url.href) : refuseField(path, checked.reason);
}
