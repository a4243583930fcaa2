import type { GatewayResult } from '@/core/payment-attempt';
import { type CardFields, factsOf, parseFields, wipe } from './card-bytes';
import type { CardConfig } from './env';
import { charge } from './gateway';
import { report, submit } from './portal';
import { readTicket } from './ticket';

/** What the browser may know of an attempt. The page asks the portal for everything else. */
export type FrameState = 'authorized' | 'requires_action' | 'declined' | 'failed' | 'unknown';
export type Answer = {
  status: number;
  body: { state: FrameState; challengeUrl?: string } | { code: string; message: string };
  attempt?: string;
};

/** `charging` ends the wait for a gateway, `reporting` the telling of its answer: both fire while the process stops. */
export type Signals = { charging: AbortSignal; reporting: AbortSignal };

const BAD_BODY: Answer = {
  status: 400,
  body: { code: 'malformed', message: 'This is not a card submission.' },
};
const BAD_TICKET: Answer = {
  status: 401,
  body: { code: 'unauthenticated', message: 'This payment was not started, or it was started too long ago.' },
};
const BAD_CARD: Answer = {
  status: 422,
  body: { code: 'invalid', message: 'The card details are not right.' },
};
const UNAVAILABLE: Answer = {
  status: 503,
  body: { code: 'unavailable', message: 'The payment service cannot be reached. Nothing was charged.' },
};

/** The portal's word on the attempt as the browser may hear it. A state it does not know to be over is `unknown`. */
function frameState(state: string | null): FrameState {
  switch (state) {
    case 'authorized':
    case 'succeeded':
      return 'authorized';
    case 'requires_action':
    case 'declined':
      return state;
    case 'failed':
    case 'abandoned':
    case 'voided':
      return 'failed';
    default:
      return 'unknown';
  }
}

function answerFor(state: string | null, result: GatewayResult, challengeOrigins: readonly string[]): Answer {
  const shown = frameState(state);
  if (shown !== 'requires_action') return { status: 200, body: { state: shown } };
  const url = result.kind === 'requires_action' ? result.challengeUrl : '';
  return URL.canParse(url) && challengeOrigins.includes(new URL(url).origin)
    ? { status: 200, body: { state: shown, challengeUrl: url } }
    : { status: 200, body: { state: 'unknown' } };
}

async function pay(
  config: CardConfig,
  fields: CardFields,
  parent: string,
  signals: Signals,
): Promise<Answer> {
  const ticket = readTicket(fields.ticket.toString('latin1'), {
    key: config.ticketKey,
    parents: config.parentOrigins,
  });
  if (!ticket || ticket.parent !== parent) return BAD_TICKET;
  const { attempt, amountMinor, currency } = ticket;
  const facts = factsOf(fields);
  if (!facts) return { ...BAD_CARD, attempt };

  // The send window is counted from before the question, so it is never longer than the portal's.
  const asked = performance.now();
  const submitted = await submit(
    config,
    ticket,
    { attempt, amountMinor, currency, card: facts },
    signals.charging,
  );
  if (submitted.kind === 'unavailable') return { ...UNAVAILABLE, attempt };
  if (submitted.kind === 'refused') {
    const { status, code, message } = submitted.refusal;
    return { status, body: { code, message }, attempt };
  }
  const result: GatewayResult =
    submitted.kind === 'mismatch'
      ? { kind: 'failed', reason: 'not_sent' }
      : await charge(
          { grant: submitted.grant, fields, facts },
          {
            sendBefore: asked + submitted.grant.sendWithinMs,
            returnUrl: `${config.cardOrigin}/challenge-done`,
            signal: signals.charging,
          },
        );
  const state = await report(config, { attempt, amountMinor, currency, result }, signals.reporting);
  return { ...answerFor(state, result, config.challengeOrigins), attempt };
}

/**
 * One card, submitted once: ticket → card rules → the portal's grant → the gateway → the portal's word on the result.
 * Takes `body` over: it is all zeros when this returns, however it returns. `parent` is the origin the form was shown in.
 */
export async function authorize(
  config: CardConfig,
  body: Buffer,
  parent: string,
  signals: Signals,
): Promise<Answer> {
  try {
    const fields = parseFields(body);
    return fields ? await pay(config, fields, parent, signals) : BAD_BODY;
  } finally {
    wipe(body);
  }
}
