/** The moments of a payment that the proxies see, and the steps of the money path they stand for. */

/** What one exchange between two parties is about. */
export const OPERATIONS = [
  'issue',
  'press',
  'attempts',
  'authorize',
  'submit',
  'gateway',
  'result',
  'status',
  'challenge',
  'resolve',
  'webhook',
  'read',
  'fence',
  'inbound',
  'refund',
  'giveBack',
  'readRefund',
  'other',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** `asked`: the request has arrived and was not forwarded. `answered`: the answer has arrived and was not handed on. */
export type Phase = 'asked' | 'answered';
export type Point = `${Operation}.${Phase}`;

/** Steps S0 to S7 of docs/architecture.md, "The money path", as moments on the wire. */
export const STEPS = {
  S0: 'attempts.asked',
  S1: 'attempts.answered',
  S2: 'submit.answered',
  S3: 'gateway.answered',
  S4: 'result.asked',
  S5: 'result.answered',
  S6: 'status.answered',
  S7: 'webhook.asked',
} as const satisfies Record<string, Point>;
export type Step = keyof typeof STEPS;

/** Answers that tell the other party's own name of what was asked for: from then on exchanges may use that one alone. */
export const NAMING: readonly Operation[] = ['gateway', 'refund'];

type Rule = [method: string, path: RegExp, operation: Operation];

const RULES: readonly Rule[] = [
  ['POST', /^\/api\/v1\/payment-links$/, 'issue'],
  ['POST', /^\/api\/v1\/payment-sessions\/[^/]+\/submit$/, 'press'],
  ['POST', /^\/pay\/[^/]+\/attempts$/, 'attempts'],
  ['GET', /^\/pay\/[^/]+\/status/, 'status'],
  ['POST', /^\/pay\/[^/]+\/attempts\/[^/]+\/resolve$/, 'resolve'],
  ['POST', /^\/authorize$/, 'authorize'],
  ['POST', /^\/internal\/card\/submit$/, 'submit'],
  ['POST', /^\/internal\/card\/result$/, 'result'],
  ['POST', /^\/gateway\/payments$/, 'gateway'],
  ['GET', /^\/gateway\/payments/, 'read'],
  ['POST', /^\/gateway\/void-by-reference$/, 'fence'],
  ['POST', /^\/acs\//, 'challenge'],
  ['POST', /^\/receiver\//, 'webhook'],
  ['POST', /^\/api\/inbound\/gateways\//, 'inbound'],
  ['POST', /^\/api\/v1\/refunds$/, 'refund'],
  ['POST', /^\/gateway\/payments\/[^/]+\/refunds$/, 'giveBack'],
  ['GET', /^\/gateway\/refunds/, 'readRefund'],
];

/** Which operation a request is. */
export const operationOf = (method: string, path: string): Operation =>
  RULES.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2] ?? 'other';

/** Ids of links, attempts, refunds, sessions and captures, and the gateway's own of payments. */
const IDS = /\b(?:(?:plink|pay|re|sess|cap)_[0-9a-z]{26}|gw_[a-p]{32})\b/g;

/** Everything in a request, or an answer, that may name a payment: token, link, attempt, refund. */
export function namesIn(path: string, body: Buffer): string[] {
  const text = `${decodeURIComponent(path)}\n${body.toString('latin1')}`;
  const token = /\/pay\/([\w-]{58})/.exec(path)?.[1];
  const ids = text.match(IDS) ?? [];
  return [...(token ? [token] : []), ...ids, ...ticketNames(body)];
}

/** A card submission begins with its ticket, or one that was keyed holds it; its payload names attempt and link. */
function ticketNames(body: Buffer): string[] {
  const payload = /(?:^|"ticket":")([\w-]{40,})\.[\w-]{86}[\n"]/.exec(body.toString('latin1'))?.[1];
  const text = payload ? Buffer.from(payload, 'base64url').toString('latin1') : '';
  return text.match(IDS) ?? [];
}
