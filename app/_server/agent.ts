import 'server-only';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { agentCtxFromBearer } from '@/lib/agent-tokens';
import { actorId, type Ctx } from '@/lib/context';
import { answering } from '@/lib/idempotency';
import { errorText } from '@/lib/log';
import { readAgentDesk } from '@/lib/payment-sessions';
import { isPassing } from '@/lib/transact';
import { answerOf, answerOnce, type PreparedVerb } from './api';
import { readJson } from './api-body';
import { INTERNAL, type Problem, problemOf, respond, respondProblem } from './problem';
import { bearerOf, clientAddress, newRequestId, services } from './services';
import { driveLater } from './sessions';
import { currentStaffFor, SIGNED_OUT, sameOrigin, stillThere } from './staff';

const UNAVAILABLE: Problem = { code: 'unavailable', detail: 'This cannot be done at the moment. Try again.' };

/** Of somebody whose desk stays open longer than a request. */
type Staying = {
  /** Whether they still may be there, and what they may by then. */
  again: () => Promise<Outcome<Ctx>>;
  /** Who they are to us: what `again` gives may change with these. */
  user: string | null;
  session: string | null;
};
type AtDesk = { ctx: Ctx; staying: Staying };

/**
 * Who is at the desk: a bearer, for a desk inside another system's page, which has no cookie; else the staff session, and then an act
 * must come from our own page.
 */
async function agentOf(request: Request, requestId: string): Promise<Outcome<AtDesk>> {
  const bearer = bearerOf(request.headers);
  const address = clientAddress(request.headers);
  if (bearer) {
    const again = () => agentCtxFromBearer(services(), bearer, { requestId, address });
    const ctx = await again();
    if (!ctx.ok) return ctx;
    const id = actorId(ctx.value.actor) ?? '';
    return ok({ ctx: ctx.value, staying: { again, user: isId('user', id) ? id : null, session: null } });
  }
  const origin = request.method === 'GET' ? ok(true) : await sameOrigin();
  if (!origin.ok) return origin;
  const staff = await currentStaffFor(request);
  if (!staff) return SIGNED_OUT;
  const { id: session, user } = staff.session;
  const again = stillThere(staff, requestId);
  return ok({ ctx: { ...staff.ctx, requestId }, staying: { again, user: user.id, session } });
}

/** One call of the agent's desk: who → `work` → JSON or a problem. Never kept by anybody in between. */
export async function agentCall(
  request: Request,
  work: (ctx: Ctx, requestId: string, staying: Staying) => Promise<Response>,
): Promise<Response> {
  const requestId = newRequestId();
  try {
    const desk = await agentOf(request, requestId);
    if (!desk.ok) return respondProblem(problemOf(desk.error), requestId);
    return await work(desk.value.ctx, requestId, desk.value.staying);
  } catch (error) {
    services().log.error('agent_call_failed', { requestId, error: errorText(error) });
    return respondProblem(isPassing(error) ? UNAVAILABLE : INTERNAL, requestId);
  }
}

const told = (outcome: Outcome<unknown>, requestId: string, status = 200): Response =>
  outcome.ok
    ? respond({ status, body: JSON.stringify(outcome.value) }, requestId)
    : respondProblem(problemOf(outcome.error), requestId);

export const agentRead = (
  request: Request,
  verb: (ctx: Ctx) => Promise<Outcome<unknown>>,
): Promise<Response> => agentCall(request, async (ctx, requestId) => told(await verb(ctx), requestId));

/** An act that asks for JSON and answers with what the verb gives. */
export const agentWrite = (
  request: Request,
  verb: (ctx: Ctx, input: unknown) => Promise<Outcome<unknown>>,
): Promise<Response> =>
  agentCall(request, async (ctx, requestId) => {
    const read = await readJson(request);
    return 'code' in read ? respondProblem(read, requestId) : told(await verb(ctx, read.input), requestId);
  });

/**
 * An act on a payment session: its desk as it stands after it. What follows outside is done behind the answer. With an
 * `Idempotency-Key` it is done once, however often it is asked for.
 */
export const sessionAct = (
  request: Request,
  { prepare }: PreparedVerb<{ id: string }>,
  status = 200,
): Promise<Response> =>
  agentCall(request, async (ctx, requestId) => {
    const read = await readJson(request);
    if ('code' in read) return respondProblem(read, requestId);
    const work = answering<{ id: string }>({ prepare: (outer) => prepare(outer, read.input) }, (outcome) =>
      answerOf(outcome.ok ? ok({ id: outcome.value.id }) : outcome, status, requestId),
    );
    const done = await answerOnce(request, { ctx, operation: undefined, requestId }, read.text, work);
    if (!done.ok) return done;
    const { id } = (await done.json()) as { id: string };
    driveLater(ctx, id);
    return told(await readAgentDesk(ctx, id), requestId, status);
  });

/** What a desk that was opened for one payment session has no part in. */
export const deskOnly =
  <T>(verb: (ctx: Ctx, input: unknown) => Promise<Outcome<T>>) =>
  async (ctx: Ctx, input?: unknown): Promise<Outcome<T>> =>
    ctx.actor.kind === 'agent' && ctx.actor.session !== null
      ? refuse('forbidden', 'This desk was opened for one payment session.')
      : verb(ctx, input);
