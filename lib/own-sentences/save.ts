import { asLocale } from '@/core/messages';
import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  findOwnSentence,
  listOwnSentences as listRows,
  type OwnSentenceRow,
  putOwnSentence,
} from '@/db/queries/own-sentences';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type OwnSentence, saveOwnSentenceInput } from '../contracts/own-sentences';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { executor, transact } from '../transact';

const viewOf = ({ kind, locale, text, version }: OwnSentenceRow): OwnSentence => ({
  kind,
  locale: asLocale(locale) ?? 'en',
  text,
  version,
});

/** What this merchant adds to its messages. */
export async function listOwnSentences(ctx: Ctx): Promise<Outcome<OwnSentence[]>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  return ok((await listRows(executor(ctx), ctx.merchantId)).map(viewOf));
}

/** Sets what is added to a kind of message in a language; null takes it away. Another's change is never overwritten unseen. */
export async function saveOwnSentence(ctx: Ctx, raw: unknown): Promise<Outcome<OwnSentence>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveOwnSentenceInput, raw);
  if (!parsed.ok) return parsed;
  const { kind, locale, text, version } = parsed.value;
  const key = { merchantId: ctx.merchantId, kind, locale };
  return transact(ctx, async (tx) => {
    const before = await findOwnSentence(tx, key);
    const row = await putOwnSentence(tx, key, version, text);
    if (!row)
      return refuse('version_mismatch', 'Somebody else has changed this sentence since you opened it.');
    const change = { from: before?.text ?? null, to: text };
    await audit(ctx, tx, 'own_sentence.update', `${kind} ${locale}`, change);
    return ok(viewOf(row));
  });
}
