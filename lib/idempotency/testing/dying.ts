import { connect } from '@/db/client';
import type { Ctx } from '../../context';
import { createLogger } from '../../log';
import { createPaymentLink } from '../../payment-links';
import { testConfig } from '../../testing';
import { type Answer, idempotently } from '../index';

export type Orders = {
  url: string;
  merchantId: number;
  dataKey: string;
  linkTokenKey: string;
  key: string;
  reference: string;
  dies: 'in the middle' | 'after the commit';
};

/** A process that issues a link under an idempotency key and is gone, as by kill -9, at the moment it is told. */
async function main(orders: Orders): Promise<void> {
  const { url, merchantId, key, reference, dies } = orders;
  const config = {
    ...testConfig(),
    dataKey: Buffer.from(orders.dataKey, 'base64'),
    linkTokenKeys: { signing: 1, byId: new Map([[1, Buffer.from(orders.linkTokenKey, 'base64')]]) },
  };
  const log = createLogger('test', 'silent');
  const actor = { kind: 'user', id: 'u', name: 'Dying', role: 'owner' } as const;
  const ctx: Ctx = { db: connect(url).db, config, log, merchantId, actor, requestId: 'req_dying' };
  const die = () => process.kill(process.pid, 'SIGKILL');
  await idempotently(ctx, { path: '/crash', key, body: reference }, async (inner): Promise<Answer> => {
    const made = await createPaymentLink(inner, { amountMinor: 1240, currency: 'GBP', reference });
    if (dies === 'in the middle') die();
    return { status: made.ok ? 201 : 422, body: JSON.stringify(made) };
  });
  die();
}

void main(JSON.parse(process.argv[2] ?? '{}') as Orders);
