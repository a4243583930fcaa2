import {
  isDeeper,
  LOOKUP_BUDGET_MS,
  LOOKUP_MOST_BYTES,
  LOOKUP_MOST_DEPTH,
  type LookupOutcome,
} from '@/core/crm';
import type { FormLookupRow } from '@/db/queries/form-lookups';
import type { Config } from '../context';
import { proveWith } from '../crm/credentials';
import type { Resolve } from '../egress/guard';
import { type Budgets, type PostResult, post } from '../egress/post';
import { webhookHeaders } from '../webhooks/sign';
import { unsealLookupSecret } from './internal';

/** What the merchant's system is asked. `agent` is who issues the link; `call` the call they are in. */
export type Question = {
  reference: string | null;
  customerKey: string | null;
  agent: { id: string; name: string } | null;
  call: string | null;
  profile: string;
};
export type Exchange = {
  /** `found` says only that there is an object to look into. */
  outcome: LookupOutcome;
  status: number | null;
  detail: string | null;
  durationMs: number;
  json: object | null;
  /** What was answered, as text. */
  text: string | null;
};

const budgetsOf = (leftMs: number): Budgets => ({
  connectMs: leftMs,
  headersMs: leftMs,
  totalMs: leftMs,
  readBytes: LOOKUP_MOST_BYTES,
  keepBytes: LOOKUP_MOST_BYTES,
});

/**
 * Asks the merchant's system once: signed, through the guard, all of it within two seconds (the token, the name, the answer).
 * Never throws for what the other side does; the outcome says what is known. `at` is of the database's clock.
 */
export async function exchange(
  config: Config,
  row: FormLookupRow,
  { id, question, at }: { id: string; question: Question; at: Date },
  resolve?: Resolve,
): Promise<Exchange> {
  const started = performance.now();
  const spent = () => Math.round(performance.now() - started);
  const base = { allow: config.egressAllow, once: true, ...(resolve && { resolve }) };
  const options = () => ({ ...base, budgets: budgetsOf(Math.max(1, LOOKUP_BUDGET_MS - spent())) });
  const ended = (outcome: LookupOutcome, more: Partial<Exchange> = {}): Exchange => ({
    status: null,
    detail: null,
    json: null,
    text: null,
    ...more,
    outcome,
    durationMs: spent(),
  });
  const owner = { merchantId: row.merchantId, of: 'form_lookup', id: row.profileId } as const;
  const proof = await proveWith(config.dataKey, owner, row, options());
  if (!proof.ok) return ended(proof.late ? 'timeout' : 'no_token', { detail: proof.reason });
  const body = JSON.stringify(question);
  const headers = {
    ...proof.headers,
    ...webhookHeaders(unsealLookupSecret(config.dataKey, row), id, body, at),
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'Counterfoil/1',
  };
  const result = await post(row.url, headers, body, options());
  if (result.kind === 'answered' && result.status === 401) proof.forget();
  const { outcome, ...more } = judge(result);
  return ended(outcome, more);
}

type Judged = Pick<Exchange, 'outcome'> & Partial<Exchange>;

function judge(result: PostResult): Judged {
  if (result.kind === 'failed') {
    const detail = result.reason.slice(0, 300);
    if (detail.startsWith('refused: ')) return { outcome: 'refused', detail: detail.slice(9) };
    return { outcome: result.late ? 'timeout' : 'unreachable', detail };
  }
  const { status, cut, answer: text } = result;
  if (status === 404 || status === 204) return { outcome: 'not_found', status, text };
  if (status < 200 || status > 299) return { outcome: 'http_error', status, text };
  if (cut === 'too_large') return { outcome: 'too_large', status };
  if (cut !== null) return { outcome: cut === 'too_slow' ? 'timeout' : 'unreachable', status, detail: cut };
  const json = objectOf(text);
  if (!json) return { outcome: 'not_json', status, text };
  if (isDeeper(json, LOOKUP_MOST_DEPTH)) return { outcome: 'too_deep', status, text };
  return { outcome: 'found', status, text, json };
}

/** One JSON object; null for everything else. */
function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
