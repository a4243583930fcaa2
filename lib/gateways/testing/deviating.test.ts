import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charge } from '@/card/gateway';
import { fromWire, toWire, type WireGateway } from '@/core/gateway-currencies';
import type { Money } from '@/core/money';
import { sandboxGateway } from '../sandbox';
import { readSandboxNotification } from '../sandbox-notifications';
import { startBrokenServer } from './broken-server';
import { AMOUNTS } from './clauses/amounts';
import type { Adapter, Subject } from './conformance';
import { sandboxProvider } from './sandbox-provider';

class NotWritable extends Error {}

/** The sandbox's adapter as it would be if the sandbox wrote amounts as another gateway does. */
function deviating(wire: WireGateway): Adapter {
  const out = <T extends Money>(money: T): T => {
    const amountMinor = toWire(wire, money);
    if (amountMinor === null) throw new NotWritable();
    return { ...money, amountMinor };
  };
  const back = <T extends Money>(money: T): T => ({
    ...money,
    ...(fromWire(wire, money.amountMinor, money.currency) ?? { amountMinor: Number.NaN }),
  });
  const portal: Adapter['portal'] = ({ url, apiKey }, budgetMs) => {
    const gateway = sandboxGateway(url, apiKey, budgetMs);
    return {
      ...gateway,
      prepare: async (order) => (toWire(wire, order) === null ? 'unreachable' : gateway.prepare(out(order))),
      read: (expected) => gateway.read(out(expected)),
      refund: async (order) =>
        toWire(wire, order) === null
          ? { kind: 'failed', reason: 'amount_not_writable' }
          : gateway.refund(out(order)),
      readRefund: (order) => gateway.readRefund(out(order)),
      async *report(from, to) {
        for await (const line of gateway.report(from, to)) yield back(line);
      },
    };
  };
  return {
    wire,
    portal,
    charge: async (order, limits) =>
      toWire(wire, order.grant) === null
        ? { kind: 'failed', reason: 'not_sent' }
        : charge({ ...order, grant: out(order.grant) }, limits),
    readNotification(...given) {
      const note = readSandboxNotification(...given);
      return note && 'amountMinor' in note.fact ? { ...note, fact: back(note.fact) } : note;
    },
  };
}

describe.each(['adyen', 'stripe', 'sumup'] as const)('with amounts as %s writes them', (wire) => {
  let subject: Subject;
  beforeAll(async () => {
    const adapter = deviating(wire);
    subject = { adapter, provider: await sandboxProvider(), broken: await startBrokenServer() };
  });
  afterAll(async () => {
    await subject.provider.stop();
    await subject.broken.close();
  });

  for (const clause of AMOUNTS) test(clause.name, () => clause.holds(subject), 30_000);

  test('an adapter that writes ISO 4217 all the same is found', async () => {
    const iso: Adapter = { ...deviating('sandbox'), wire };
    for (const clause of AMOUNTS) await expect(clause.holds({ ...subject, adapter: iso })).rejects.toThrow();
  });
});
