import { connect } from '@/db/client';
import { createLogger } from '../../log';
import { testConfig } from '../../testing';
import { runPaymentLinkBatch } from '../index';

export type Orders = {
  url: string;
  merchantId: number;
  batch: string;
  linkTokenKey: string;
  /** How many statements it sends before it dies. */
  statements: number;
};

/** A worker that is gone, as by kill -9, in the middle of a batch. */
async function main({ url, merchantId, batch, linkTokenKey, statements }: Orders): Promise<void> {
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
  await runPaymentLinkBatch(services, { merchantId, id: batch }, 60_000);
}

void main(JSON.parse(process.argv[2] ?? '{}') as Orders);
