import type { PageCheckResult } from '@/core/page-check';
import type { Executor } from '@/db/client';
import { rewordAlert, settleAlert } from '@/db/queries/alerts';
import { listMerchantIds } from '@/db/queries/merchants';
import { findLastPageCheck, insertPageCheck } from '@/db/queries/page-checks';
import { raiseAlert } from '../alerts/raise';
import type { Ctx, Services } from '../context';
import { systemCtx } from '../system';

/** What a browser saw of the payer's page. `findings`: a sentence each. */
export type PageLook = { result: PageCheckResult; findings: string[] };

const SUBJECT = 'pay_page';
const SHOWN = 3;
const MOST_CHARACTERS = 200;

/** Keeps what was seen, and tells the operators of every merchant: the page is one for all of them. */
export async function notePageCheck(services: Services, requestId: string, look: PageLook): Promise<void> {
  await services.db.transaction(async (tx) => {
    const before = await findLastPageCheck(tx);
    await insertPageCheck(tx, look);
    for (const id of await listMerchantIds(tx))
      await tell(systemCtx(services, id, requestId), tx, look, before?.result);
  });
}

/** A page that differs is told of at once. That nobody could look is told the second time: a page that starts anew is no news. */
async function tell(
  ctx: Ctx,
  tx: Executor,
  { result, findings }: PageLook,
  before: PageCheckResult | undefined,
): Promise<void> {
  if (result !== 'not_looked')
    await settleAlert(tx, ctx.merchantId, 'page_not_looked_at', SUBJECT, 'Counterfoil');
  if (result === 'differs') {
    const message = `What payers get is not what was signed: ${inShort(findings)} If this is a release of yours, sign the page anew; if it is not, stop payments and find out who changed it.`;
    await raiseAlert(ctx, tx, { kind: 'page_changed', subject: SUBJECT, message });
    await rewordAlert(tx, { merchantId: ctx.merchantId, kind: 'page_changed', subject: SUBJECT, message });
  } else if (result === 'not_looked' && before === 'not_looked') {
    const message = `Nobody sees whether the payer's page was changed: ${inShort(findings)} Mend what keeps the worker's browser from it.`;
    await raiseAlert(ctx, tx, { kind: 'page_not_looked_at', subject: SUBJECT, message });
  }
}

function inShort(findings: readonly string[]): string {
  const shown = findings.slice(0, SHOWN).map((one) => one.slice(0, MOST_CHARACTERS));
  const more = findings.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`.replace(/\.+$/, '.');
}
