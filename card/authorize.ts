import type { CardTicket } from '@/core/card-ticket';
import type { GatewayResult } from '@/core/payment-attempt';
import { traceFrom } from '@/core/trace';
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

/** Nothing was sent to a gateway, and nothing was reported. */
type Refusal = { kind: 'refused'; status: number; code: string; message: string; attempt?: string };
/** The gateway's word was reported; `state` is the portal's word on it, null when it never heard. */
type Reported = { kind: 'reported'; attempt: string; state: string | null; result: GatewayResult };

/** `charging` ends the wait for a gateway, `reporting` the telling of its answer: both fire while the process stops. */
export type Signals = { charging: AbortSignal; reporting: AbortSignal };

const BAD_BODY: Answer = {
  status: 400,
  body: { code: 'malformed', message: 'This is not a card submission.' },
};
const BAD_TICKET: Refusal = {
  kind: 'refused',
  status: 401,
  code: 'unauthenticated',
  message: 'This payment was not started, or it was started too long ago.',
};
const BAD_CARD: Refusal = {
  kind: 'refused',
  status: 422,
  code: 'invalid',
  message: 'The card details are not right.',
};
const UNAVAILABLE: Refusal = {
  kind: 'refused',
  status: 503,
  code: 'unavailable',
  message: 'The payment service cannot be reached. Nothing was charged.',
};

/** How a payment ends that nobody wanted to end so. A decline is an answer. */
const FAULTS: ReadonlySet<string> = new Set(['failed', 'unknown', 'unavailable']);

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

function bodyFor({ state, result }: Reported, challengeOrigins: readonly string[]): Answer['body'] {
  const shown = frameState(state);
  if (shown !== 'requires_action') return { state: shown };
  const url = result.kind === 'requires_action' ? result.challengeUrl : '';
  return URL.canParse(url) && challengeOrigins.includes(new URL(url).origin)
    ? { state: shown, challengeUrl: url }
    : { state: 'unknown' };
}

/** Where the bank's page leads when it is done: here, with what leads back to the pay page where there is none around it. */
const returnUrlOf = ({ cardOrigin }: CardConfig, { parent, locale }: CardTicket, handle: string): string =>
  `${cardOrigin}/challenge-done?${new URLSearchParams({ o: parent, h: handle, ...(locale && { l: locale }) })}`;

/**
 * One card, submitted once: ticket → card rules → the portal's grant → the gateway → the portal's word on the result.
 * Whoever calls says which tickets are its own, and wipes the fields.
 */
export async function pay(
  config: CardConfig,
  fields: CardFields,
  isOwn: (ticket: CardTicket) => boolean,
  signals: Signals,
): Promise<Refusal | Reported> {
  const ticket = readTicket(fields.ticket.toString('latin1'), {
    keys: config.ticketKeys,
    parents: config.parentOrigins,
  });
  if (!ticket || !isOwn(ticket)) return BAD_TICKET;
  const begun = {
    name: 'card payment',
    kind: 'server',
    attributes: { 'counterfoil.payment_attempt': ticket.attempt },
  } as const;
  return traceFrom(ticket.trace, begun, async (span) => {
    const done = await payBy(config, ticket, fields, signals);
    const state = done.kind === 'reported' ? done.result.kind : done.code;
    span.note({ 'counterfoil.state': state });
    if (FAULTS.has(state)) span.fail(state);
    return done;
  });
}

async function payBy(
  config: CardConfig,
  ticket: CardTicket,
  fields: CardFields,
  signals: Signals,
): Promise<Refusal | Reported> {
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
  if (submitted.kind === 'refused') return { kind: 'refused', ...submitted.refusal, attempt };
  const result: GatewayResult =
    submitted.kind === 'mismatch'
      ? { kind: 'failed', reason: 'not_sent' }
      : await charge(
          { grant: submitted.grant, fields, facts },
          {
            sendBefore: asked + submitted.grant.sendWithinMs,
            returnUrl: returnUrlOf(config, ticket, submitted.grant.handle),
            signal: signals.charging,
          },
        );
  const state = await report(config, { attempt, amountMinor, currency, result }, signals.reporting);
  return { kind: 'reported', attempt, state, result };
}

/**
 * One card of the form. Takes `body` over: it is all zeros when this returns, however it returns. `parent` is the origin the
 * form was shown in.
 */
export async function authorize(
  config: CardConfig,
  body: Buffer,
  parent: string,
  signals: Signals,
): Promise<Answer> {
  try {
    const fields = parseFields(body);
    if (!fields) return BAD_BODY;
    const isOwn = (ticket: CardTicket) => ticket.channel === 'ecommerce' && ticket.parent === parent;
    const done = await pay(config, fields, isOwn, signals);
    const attempt = done.attempt ? { attempt: done.attempt } : {};
    return done.kind === 'refused'
      ? { status: done.status, body: { code: done.code, message: done.message }, ...attempt }
      : { status: 200, body: bodyFor(done, config.challengeOrigins), ...attempt };
  } finally {
    wipe(body);
  }
}
