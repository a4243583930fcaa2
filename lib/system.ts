import type { Ctx, Services } from './context';

/** An act of Counterfoil itself, on a merchant's behalf: jobs, sweeps and the webhook lane. */
export const systemCtx = (services: Services, merchantId: number, requestId: string): Ctx => ({
  ...services,
  merchantId,
  requestId,
  actor: { kind: 'system' },
});

/** What a gateway told, applied on a merchant's behalf. */
export const gatewayCtx = (services: Services, merchantId: number, requestId: string): Ctx => ({
  ...systemCtx(services, merchantId, requestId),
  actor: { kind: 'gateway' },
});
