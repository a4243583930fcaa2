import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { errorText } from '@/lib/log';
import { driveSession } from '@/lib/payment-sessions';
import { apiWrite, type PreparedVerb } from './api';

/** As long as a call may take to be secured: what waits longer is ended by its job. */
const MOST_TRIES = 20;
const BETWEEN_MS = 1_000;

/** Sessions that this process is driving on: told of once more meanwhile, they are looked at once more. */
const driving = new Map<string, { again: boolean; wake: () => void }>();

/**
 * Drives a session on behind the answer to whoever acted on it: who waits for something outside tries it again each second. Only
 * this process can ask the card process; a job does all else as well, should this one die.
 */
export function driveLater({ tx: _tx, ...ctx }: Ctx, id: string): void {
  const already = driving.get(id);
  if (already) {
    already.again = true;
    already.wake();
    return;
  }
  void drive(ctx, id).catch((error) =>
    ctx.log.error('session_drive_failed', { subject: id, error: errorText(error) }),
  );
}

async function drive(ctx: Ctx, id: string): Promise<void> {
  const state = { again: false, wake: () => {} };
  driving.set(id, state);
  try {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      state.again = false;
      const driven = await driveSession(ctx, id);
      if (state.again) continue;
      if (!driven.ok || driven.value.step === 'none') return;
      await new Promise<void>((resolve) => {
        state.wake = resolve;
        setTimeout(resolve, BETWEEN_MS);
      });
    }
  } finally {
    driving.delete(id);
  }
}

/**
 * A write of the API on a payment session: what follows outside is done behind the answer, once it is committed. A stored answer
 * drives nothing.
 */
export async function sessionWrite(
  request: Request,
  status: number,
  verb: PreparedVerb<{ id: string }>,
): Promise<Response> {
  const acted: { ctx: Ctx; id: string }[] = [];
  const response = await apiWrite(request, status, {
    prepare: async (outer, input) => {
      const act = await verb.prepare(outer, input);
      if (!act.ok) return act;
      return ok(async (inner) => {
        const done = await act.value(inner);
        if (done.ok) acted.push({ ctx: outer, id: done.value.id });
        return done;
      });
    },
  });
  if (response.ok) for (const { ctx, id } of acted) driveLater(ctx, id);
  return response;
}

/** A verb that asks nothing outside, as one that is prepared. */
export const plain = (
  verb: (ctx: Ctx, input: unknown) => Promise<Outcome<{ id: string }>>,
): PreparedVerb<{ id: string }> => ({ prepare: async (_ctx, input) => ok((inner) => verb(inner, input)) });
