/**
 * The issuer's 3-D Secure page. Accept: the payment goes on (…3155) or the issuer declines all the same (…3184,
 * `authentication_required`). Refuse: declined, `authentication_failed`. Time out: expired (…3184: declined as on Accept).
 */
import { brandName } from '@/core/card-rules';
import { formatMoney } from '@/core/money';
import { accepted, type Gateway } from './gateway-books';
import { type Call, empty, type Reply, type Route } from './http';
import { type Payment, statusAt } from './ledger-records';
import { html, page } from './pages';

const ANSWERS = ['accept', 'refuse', 'time_out'] as const;
type ChallengeAnswer = (typeof ANSWERS)[number];

/** The payment after the cardholder's answer. */
function decided(gateway: Gateway, payment: Payment, answer: ChallengeAnswer): Payment {
  if (answer === 'refuse') return { ...payment, status: 'declined', declineCode: 'authentication_failed' };
  if (payment.challenge?.accepted === 'declined')
    return { ...payment, status: 'declined', declineCode: 'authentication_required' };
  if (answer === 'time_out') return { ...payment, status: 'expired' };
  return accepted(gateway, payment);
}

const BANK = 'First Sandbox Bank';
const notFound = () =>
  page(BANK, html`<div class="card bank"><h1>${BANK}</h1><p>This check does not exist.</p></div>`, {
    status: 404,
    frameAncestors: '*',
  });

function challengePage(gateway: Gateway, payment: Payment, returnUrl: string): Reply {
  const formTargets = [...new Set([new URL(returnUrl).origin, new URL(gateway.env.portalUrl).origin])];
  const options = { formTargets, frameAncestors: '*' } as const;
  if (statusAt(payment, gateway.now()) !== 'requires_action') {
    const over = html`<div class="card bank"><p class="dim">${BANK}</p><h1>This check is over</h1>
<form method="post" class="stack"><button class="main" name="answer" value="accept">Continue</button></form></div>`;
    return page(`${BANK}: check over`, over, options);
  }
  const body = html`<div class="card bank"><p class="dim">${BANK} · secure check</p><h1>Is this you paying?</h1>
<dl><dt>Amount</dt><dd>${formatMoney(payment, 'en')}</dd><dt>Card</dt><dd>${brandName(payment.brand)} •••• ${payment.last4}</dd></dl>
<form method="post" class="stack">
<button class="main" name="answer" value="accept">Accept</button>
<div class="pair"><button name="answer" value="refuse">Refuse</button>
<button name="answer" value="time_out">Time out</button></div></form>
<p class="dim">A make-believe bank for tests: no money moves.</p></div>`;
  return page(`${BANK}: is this you?`, body, options);
}

/** The first answer counts. Whatever comes later, or too late, only leads back to the shop. */
async function answerChallenge(gateway: Gateway, call: Call): Promise<Reply> {
  const payment = gateway.ledger.payment(call.params.id ?? '');
  if (!payment?.challenge) return notFound();
  const told = new URLSearchParams(call.body.toString('utf8')).get('answer');
  const answer = ANSWERS.find((known) => known === told);
  if (!answer)
    return page(BANK, html`<p>Please use one of the buttons.</p>`, { status: 400, frameAncestors: '*' });
  if (statusAt(payment, gateway.now()) === 'requires_action')
    await gateway.books.commit([{ type: 'payment', payment: decided(gateway, payment, answer) }]);
  await gateway.ledger.settled();
  return empty(303, { location: payment.challenge.returnUrl });
}

export function acsRoutes(gateway: Gateway): Route[] {
  const show = ({ params }: Call): Reply => {
    const payment = gateway.ledger.payment(params.id ?? '');
    return payment?.challenge ? challengePage(gateway, payment, payment.challenge.returnUrl) : notFound();
  };
  return [
    { method: 'GET', path: '/acs/:id', handler: show },
    { method: 'POST', path: '/acs/:id', handler: (call) => answerChallenge(gateway, call), bodyLimit: 4096 },
  ];
}
