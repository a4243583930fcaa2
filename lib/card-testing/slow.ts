import { looksSlowlyTested, SLOW_DECLINED_PERCENT } from '@/core/card-testing';
import { ok } from '@/core/outcome';
import { listDays } from '@/db/queries/card-testing';
import { raiseAlert } from '../alerts/raise';
import type { Services } from '../context';
import { systemCtx } from '../system';
import { transact } from '../transact';

/**
 * Looks for tests of cards that are too slow for the breaker: a merchant whose day was mostly declined gets an alert, and
 * nothing is paused. Put away, only later tries count. How many merchants look so.
 */
export async function watchSlowTesting(services: Services, requestId: string): Promise<number> {
  const tested = (await listDays(services.db)).filter(looksSlowlyTested);
  for (const { merchantId, tries, declined } of tested) {
    const ctx = systemCtx(services, merchantId, requestId);
    await transact(ctx, async (tx) => {
      await raiseAlert(ctx, tx, {
        kind: 'card_testing',
        subject: 'slow',
        message: `${declined} of the last ${tries} tries within a day were declined, ${SLOW_DECLINED_PERCENT} % or more, which may be somebody testing cards slowly. Payments go on. Look at the links that were tried: are they your customers? If not, cancel those links, or pause payments on the web.`,
      });
      return ok(null);
    });
  }
  return tested.length;
}
