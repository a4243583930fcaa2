import { connect } from '@/db/client';
import type { Ctx } from '../../context';
import { parseDataKey } from '../../key-ring';
import { createLogger } from '../../log';
import { testConfig } from '../../testing';
import { idempotently } from '../index';
import { issuing } from './issuing';

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
    dataKey: parseDataKey(orders.dataKey),
    linkTokenKeys: { signing: 1, byId: new Map([[1, Buffer.from(orders.linkTokenKey, 'base64')]]) },
  };
  const log = createLogger('test', 'silent');
  const actor = { kind: 'user', id: 'u', name: 'Dying', role: 'owner' } as const;
  const ctx: Ctx = { db: connect(url).db, config, log, merchantId, actor, requestId: 'req_dying' };
  const die = () => process.kill(process.pid, 'SIGKILL');
  const inTheMiddle = () => dies === 'in the middle' && die();
  await idempotently(ctx, { path: '/crash', key, body: reference }, issuing(reference, inTheMiddle));
  die();
}

void main(JSON.parse(process.argv[2] ?? '{}') as Orders);
