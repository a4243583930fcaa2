import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charge } from '@/card/gateway';
import { sandboxGateway } from '../sandbox';
import { readSandboxNotification } from '../sandbox-notifications';
import { startBrokenServer } from './broken-server';
import { type Adapter, CLAUSES, type Clause, type Subject } from './conformance';
import { sandboxProvider } from './sandbox-provider';
import { WRONG_PAYMENTS } from './wrong/payments';
import { WRONG_REFUNDS } from './wrong/refunds';
import { WRONG_TALK } from './wrong/talk';

const WRONG = [...WRONG_PAYMENTS, ...WRONG_REFUNDS, ...WRONG_TALK];
const good: Adapter = {
  wire: 'sandbox',
  portal: ({ url, apiKey }, budgetMs) => sandboxGateway(url, apiKey, budgetMs),
  charge,
  readNotification: readSandboxNotification,
};

let subject: Subject;
beforeAll(async () => {
  subject = { adapter: good, provider: await sandboxProvider(), broken: await startBrokenServer() };
});
afterAll(async () => {
  await subject.provider.stop();
  await subject.broken.close();
});

/** The one clause whose name begins so. */
function clauseOf(beginning: string): Clause {
  const [clause, ...others] = CLAUSES.filter(({ name }) => name.startsWith(beginning));
  if (!clause || others.length > 0) throw new Error(`not the beginning of one clause: ${beginning}`);
  return clause;
}

test('each clause is broken by a wrong adapter below', () => {
  const broken = new Set(WRONG.flatMap(({ breaks }) => breaks.map((beginning) => clauseOf(beginning).name)));
  expect(CLAUSES.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});

describe('the suite finds an adapter that', () => {
  for (const { name, breaks, make } of WRONG)
    test(name, async () => {
      for (const beginning of breaks) {
        const tried = clauseOf(beginning).holds({ ...subject, adapter: make(good) });
        const error = await tried.then(
          () => 'the clause holds',
          (thrown: unknown) => thrown,
        );
        expect([beginning, error]).toEqual([beginning, expect.any(Error)]);
      }
    }, 60_000);
});
