import * as z from 'zod';
import { optOutWord } from '@/core/opt-outs';
import { type Outcome, ok } from '@/core/outcome';
import { listSenders } from '@/db/queries/opt-outs';
import type { Ctx, Services } from '../context';
import { smsSender } from '../messaging/templates/sms';
import { parseReport } from '../parse';
import { transact } from '../transact';
import { liftOptOut, optOut } from './internal';

const inbound = z.object({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number in E.164'),
  to: z.string().max(20),
  text: z.string().max(1600),
  at: z.iso.datetime({ offset: true }),
});

/**
 * A carrier's verified word that somebody has written. Only STOP and START are heard, and nothing of the text is kept. It
 * is meant for whoever writes under the name that it answers; where nobody does any more, for all who might have.
 */
export async function receiveSms(
  services: Services,
  requestId: string,
  raw: unknown,
): Promise<Outcome<true>> {
  const parsed = parseReport(inbound, raw);
  if (!parsed.ok) return parsed;
  const { from: recipient, to, text, at } = parsed.value;
  const word = optOutWord(text);
  if (!word) return ok(true);
  const all = await listSenders(services.db);
  const named = all.filter(({ name }) => smsSender(name) === to);
  const say = word === 'stop' ? optOut : liftOptOut;
  for (const { merchantId } of named.length > 0 ? named : all) {
    const ctx: Ctx = { ...services, merchantId, requestId, actor: { kind: 'payer' } };
    await transact(ctx, async (tx) => {
      await say(ctx, tx, { channel: 'sms', recipient }, 'sms_stop', new Date(at));
      return ok(true);
    });
  }
  return ok(true);
}
