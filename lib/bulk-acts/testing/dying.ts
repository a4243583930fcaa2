import { connect } from '@/db/client';
import { createLogger } from '../../log';
import { testConfig } from '../../testing';
import { runBulkAct } from '../index';

export type Orders = {
  url: string;
  merchantId: number;
  bulkAct: string;
  linkTokenKey: string;
  /** How many statements it sends before it dies. */
  statements: number;
};

/** A worker that is gone, as by kill -9, in the middle of a bulk act. */
async function main({ url, merchantId, bulkAct, linkTokenKey, statements }: Orders): Promise<void> {
  const linkTokenKeys = { signing: 1, byId: new Map([[1, Buffer.from(linkTokenKey, 'base64')]]) };
  let sent = 0;
  const onStatement = (): void => {
    if (++sent > statements) process.kill(process.pid, 'SIGKILL');
  };
  const services = {
    db: connect(url, { onStatement }).db,
    config: { ...testConfig(), linkTokenKeys },
    log: createLogger('test', 'silent'),
  };
  await runBulkAct(services, { merchantId, id: bulkAct }, 60_000);
}

void main(JSON.parse(process.argv[2] ?? '{}') as Orders);
