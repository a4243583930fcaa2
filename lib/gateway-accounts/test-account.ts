import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { changeGatewayAccount, findGatewayAccount } from '@/db/queries/gateway-accounts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { checkAddress } from '../egress/check-address';
import { audit } from '../events/audit';
import { gatewayFor } from '../gateways';
import { newId } from '../ids';
import { executor, transact } from '../transact';
import { NO_ACCOUNT } from './change';

function inWords(reason: string): string {
  if (/answer was 40[13]\b/.test(reason)) return 'It refuses the key. Replace the key of this account.';
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) return 'Its address has no host: look whether it is spelled right.';
  if (/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH/.test(reason))
    return 'Nobody answers at its address, or a firewall is between.';
  if (/in time|TIMEOUT/.test(reason)) return 'It did not answer within ten seconds.';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(reason)) return 'Its certificate is not trusted here.';
  return `It gave no usable answer (${reason}).`;
}

/** Asks the gateway for a payment that is none: changes nothing there. Null where it answers, else what is wrong. */
export async function testGatewayAccount(ctx: Ctx, id: string): Promise<Outcome<string | null>> {
  const allowed = authorize(ctx, 'gateways:read');
  if (!allowed.ok) return allowed;
  const account = isId('gatewayAccount', id)
    ? await findGatewayAccount(executor(ctx), ctx.merchantId, id)
    : undefined;
  if (!account) return NO_ACCOUNT;
  const address = await checkAddress(ctx, 'url', account.gatewayUrl);
  const asked = address.ok
    ? await gatewayFor(ctx.config, account).read({
        reference: newId('paymentAttempt'),
        amountMinor: 100,
        currency: 'EUR',
      })
    : null;
  const fault =
    asked === null
      ? 'Its address may not be reached from here.'
      : asked.kind === 'unreachable'
        ? inWords(asked.reason)
        : null;
  return transact(ctx, async (tx) => {
    await changeGatewayAccount(tx, account, { testedAt: await readNow(tx), testFault: fault });
    await audit(ctx, tx, 'gateway_account.test', id, { answers: fault === null });
    return ok(fault);
  });
}
