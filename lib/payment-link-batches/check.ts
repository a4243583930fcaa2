import { setImmediate as pause } from 'node:timers/promises';
import { type AppError, type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '../context';
import { type Address, type Resolve, systemResolve } from '../egress/guard';
import { refuseField } from '../parse';
import { type Approved, type Issuer, judgeLink, parseLink } from '../payment-links/issue';
import { checkCallback } from '../webhooks/callback';

/** Rows of a part that may be issued, and what is wrong with the others, each with its number. */
export type Checked = { approved: Approved[]; refused: { row: number; raw: unknown; error: AppError }[] };

/** So many rows are checked before others have their turn. */
const ROWS_AT_ONCE = 25;
const CALLBACKS_AT_ONCE = 16;

/** Asks for each name once. */
export function rememberedResolve(): Resolve {
  const known = new Map<string, Promise<Address[]>>();
  return (hostname) => {
    const found = known.get(hostname) ?? systemResolve(hostname);
    known.set(hostname, found);
    return found;
  };
}

type Judged = { row: number; raw: unknown; outcome: Outcome<Omit<Approved, 'callbackUrl'>> };

/** Holds each row of a part against all the rules of a single link. Changes nothing. */
export async function checkRows(ctx: Ctx, issuer: Issuer, rows: string, resolve: Resolve): Promise<Checked> {
  const given = JSON.parse(rows) as [number, unknown][];
  const judged: Judged[] = [];
  for (const [row, raw] of given) {
    if (judged.length % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await pause();
    judged.push({ row, raw, outcome: judge(ctx, issuer, raw) });
  }
  const callbacks = await checkCallbacks(ctx, judged, resolve);
  const checked: Checked = { approved: [], refused: [] };
  for (const { row, raw, outcome } of judged) {
    const { callbackUrl } = outcome.ok ? outcome.value.input : {};
    const callback = callbackUrl === undefined ? ok(null) : (callbacks.get(callbackUrl) ?? ok(null));
    if (!outcome.ok) checked.refused.push({ row, raw, error: outcome.error });
    else if (!callback.ok) checked.refused.push({ row, raw, error: callback.error });
    else checked.approved.push({ ...outcome.value, callbackUrl: callback.value });
  }
  return checked;
}

function judge(ctx: Ctx, issuer: Issuer, raw: unknown): Judged['outcome'] {
  const parsed = parseLink(raw);
  if (!parsed.ok) return parsed;
  if (parsed.value.lookup) return refuseField('lookup', 'is for single links: a batch asks no other system');
  const profile = judgeLink(ctx, issuer, parsed.value);
  return profile.ok ? ok({ input: parsed.value, profile: profile.value }) : profile;
}

async function checkCallbacks(ctx: Ctx, judged: readonly Judged[], resolve: Resolve) {
  const wanted = judged.flatMap(({ outcome }) => (outcome.ok ? [outcome.value.input.callbackUrl] : []));
  const urls = [...new Set(wanted)].filter((url) => url !== undefined);
  const checked = new Map<string, Outcome<string | null>>();
  for (let from = 0; from < urls.length; from += CALLBACKS_AT_ONCE)
    await Promise.all(
      urls.slice(from, from + CALLBACKS_AT_ONCE).map(async (url) => {
        checked.set(url, await checkCallback(ctx, url, resolve));
      }),
    );
  return checked;
}
