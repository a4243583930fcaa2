import { findGatewayAccount } from '@/db/queries/gateway-accounts';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { type Gateway, gatewayFor } from '../gateways';
import { executor } from '../transact';

/** The gateway where an attempt was begun, whatever account its profile uses by now; null when that is not here. */
export async function attemptGateway(
  ctx: Ctx,
  { gatewayAccountId }: Pick<PaymentAttemptRow, 'gatewayAccountId'>,
): Promise<Gateway | null> {
  const account = await findGatewayAccount(executor(ctx), ctx.merchantId, gatewayAccountId);
  return account ? gatewayFor(ctx.config, account) : null;
}
