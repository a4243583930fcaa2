import 'server-only';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { sha256 } from '@/lib/crypto';
import { type Answer, answering, idempotently } from '@/lib/idempotency';
import type { Doing } from '@/lib/transact';

const TRIES = 40;
const WAIT_MS = 100;

type Made = { id: string };

/** What is done, where, and by which showing of which form. `exact`: one showing does one thing, whatever is changed in it. */
export type OnceRequest = { path: string; formId: string; input: unknown; exact?: boolean };

/**
 * A form that is sent twice (double click, reload, back, an answer that was lost) with the same content does its work once:
 * every sending gets the id that the first one made. A refusal is not kept, so the form can be sent again.
 */
export async function once(
  ctx: Ctx,
  { path, formId, input, exact = false }: OnceRequest,
  doing: Doing<Made>,
): Promise<Outcome<string>> {
  if (!/^[0-9a-f-]{36}$/.test(formId)) return refuse('invalid', 'This form is out of date. Reload the page.');
  const body = JSON.stringify(input);
  const request = { path, key: exact ? formId : `${formId}:${sha256(body)}`, body };
  let refused: AppError | null = null;
  const told = (outcome: Outcome<Made>): Answer => {
    if (outcome.ok) return { status: 201, body: outcome.value.id };
    refused = outcome.error;
    return { status: 503, body: '' };
  };
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await idempotently(ctx, request, answering(doing, told));
    if (refused) return { ok: false, error: refused };
    if (result.kind === 'mismatch')
      return refuse(
        'idempotency_mismatch',
        'This was done already, with what was typed before. Close it and look.',
      );
    if (result.kind === 'answer') return ok(result.answer.body);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  return refuse('idempotency_in_flight', 'This is being done already. Look at the page again in a moment.');
}
