import type { Ctx, Services } from './context';

/** An act of Counterfoil itself, on a merchant's behalf: jobs, sweeps and the webhook lane. */
export const systemCtx = (services: Services, merchantId: number, requestId: string): Ctx => ({
  ...services,
  merchantId,
  requestId,
  actor: { kind: 'system' },
});
