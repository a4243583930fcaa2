/** Card numbers sent to the API, where none belongs: in every field, as a name of a field, in query, path and headers. */
import { randomUUID } from 'node:crypto';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { Answer, House } from './house';

const LINK = { amountMinor: 1240, currency: 'GBP' };
const item = (description: string) => [{ description, quantity: 1, unitAmountMinor: 1240 }];

/** Every field of a new link that takes text, with a body that puts the number there. */
const FIELDS: Record<string, (number: string) => Record<string, unknown>> = {
  description: (description) => ({ description }),
  reference: (reference) => ({ reference }),
  currency: (currency) => ({ currency }),
  amountType: (amountType) => ({ amountType }),
  locale: (locale) => ({ locale }),
  returnUrl: (number) => ({ returnUrl: `https://shop.example/back?card=${number}` }),
  callbackUrl: (number) => ({ callbackUrl: `https://shop.example/told?card=${number}` }),
  metadata: (note) => ({ metadata: { note } }),
  'a name in metadata': (number) => ({ metadata: { [number]: 'note' } }),
  'customer.name': (name) => ({ customer: { name } }),
  'customer.email': (number) => ({ customer: { email: `${number}@example.com` } }),
  'customer.locale': (locale) => ({ customer: { locale } }),
  'customer.timeZone': (timeZone) => ({ customer: { timeZone } }),
  lineItems: (number) => ({ lineItems: item(number) }),
  'send.template': (template) => ({ send: { channel: 'email', template } }),
  'a field that does not exist': (surprise) => ({ surprise }),
  'the name of a field': (number) => ({ [number]: 1 }),
};

/** Ways a number comes out of a mail, a spreadsheet or a hurried hand. */
const WRITTEN: Record<string, (groups: string[]) => string> = {
  'in groups': (groups) => groups.join(' '),
  'with dashes': (groups) => groups.join('-'),
  'followed by date and code': (groups) => `${groups.join(' ')} 12/31 123`,
  'in a sentence': (groups) => `card ${groups.join('')}, thanks`,
  'with no-break spaces': (groups) => groups.join('\u00a0'),
  'with thin spaces': (groups) => groups.join('\u2009'),
  'with long dashes': (groups) => groups.join('\u2013'),
  'with zero-width spaces': (groups) => groups.join('\u200b'),
  'with a zero-width space after each digit': (groups) => [...groups.join('')].join('\u200b'),
  'with line breaks': (groups) => groups.join('\n'),
  'in full-width digits': (groups) =>
    groups.join('').replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
};

const refused = (answer: Answer): boolean =>
  answer.status === 422 && answer.text.includes('"card_number_refused"');

async function fields(house: House, cards: Cards, checks: Checks): Promise<void> {
  const send = async (where: string, number: string, body: object) => {
    const key = { 'idempotency-key': randomUUID() };
    const answer = await house.api('POST', '/payment-links', { ...LINK, ...body }, key);
    checks.expect(`API: a card number in ${where} is refused`, refused(answer), `it gave ${answer.status}`);
    checks.expect(`API: the refusal of ${where} does not repeat it`, !answer.text.includes(number));
  };
  for (const [where, put] of Object.entries(FIELDS)) {
    const { number } = cards.take(`API, ${where}`, 'portal');
    await send(where, number, put(number));
  }
  for (const [how, write] of Object.entries(WRITTEN)) {
    const { number } = cards.take(`API, description ${how}`, 'portal');
    await send(`description ${how}`, number, { description: write(number.match(/.{4}/g) ?? []) });
  }
  // Phones and ids are exempt from the search for card numbers: these are refused for what they are not.
  for (const where of ['customer.phone', 'amountMinor'] as const) {
    const { number } = cards.take(`API, ${where}`, 'portal');
    const body =
      where === 'amountMinor' ? { amountMinor: Number(number) } : { customer: { phone: `+${number}` } };
    const answer = await house.api('POST', '/payment-links', { ...LINK, ...body });
    checks.expect(
      `API: a card number as ${where} is refused`,
      answer.status === 422,
      `it gave ${answer.status}`,
    );
  }
}

async function queries(house: House, cards: Cards, checks: Checks): Promise<void> {
  for (const name of ['q', 'reference', 'customer', 'agent', 'cursor', 'status', 'surprise']) {
    const { number } = cards.take(`API, query ${name}`, 'portal');
    const answer = await house.api('GET', `/payment-links?${name}=${number}`);
    checks.expect(`API: a card number in ?${name}= is refused`, refused(answer), `it gave ${answer.status}`);
  }
  for (const name of ['cursor', 'from', 'surprise']) {
    const { number } = cards.take(`API, ledger query ${name}`, 'portal');
    const answer = await house.api('GET', `/ledger?${name}=${number}`);
    checks.expect(
      `API: a card number in ?${name}= of the ledger is refused`,
      refused(answer),
      `${answer.status}`,
    );
  }
  const { number } = cards.take('API, path', 'portal');
  const grouped = cards.take('API, path in groups', 'portal').number.replace(/(.{4})(?=.)/g, '$1%20');
  for (const where of [`/payment-links/${number}`, `/payment-links/${grouped}/attempts`, `/${grouped}/x`]) {
    const { status } = await house.api('GET', where);
    checks.expect('API: a card number as an id or path leads nowhere', status === 404, `it gave ${status}`);
  }
}

async function headers(house: House, cards: Cards, checks: Checks): Promise<void> {
  const take = (name: string) => cards.take(`API, header ${name}`, 'portal').number;
  const key = await house.api('POST', '/payment-links', LINK, { 'idempotency-key': take('idempotency-key') });
  checks.expect('API: a card number as Idempotency-Key is refused', refused(key), `it gave ${key.status}`);
  const bearer = await house.api('GET', '/payment-links', undefined, {
    authorization: `Bearer ${take('key')}`,
  });
  checks.expect('API: a card number is no API key', bearer.status === 401, `it gave ${bearer.status}`);
  for (const name of ['user-agent', 'referer', 'x-request-id', 'cookie', 'x-forwarded-for', 'traceparent']) {
    const { status } = await house.api('GET', '/payment-links?limit=1', undefined, { [name]: take(name) });
    checks.expect(`API: a card number in the header ${name} is ignored`, status === 200, `it gave ${status}`);
  }
}

async function bodies(house: House, cards: Cards, checks: Checks): Promise<void> {
  const take = (name: string) => cards.take(`API, ${name}`, 'portal').number;
  const deep = `${'{"a":'.repeat(20)}"${take('too deep')}"${'}'.repeat(20)}`;
  const padded = `${take('too large')}${'x'.repeat(70_000)}`;
  const sent: [string, string, number, Record<string, string>?][] = [
    ['broken JSON', `{"description":"${take('broken JSON')}`, 400],
    ['too deep', deep, 400],
    ['too large', JSON.stringify({ description: padded }), 413],
    ['another media type', take('another media type'), 415, { 'content-type': 'text/plain' }],
  ];
  for (const [what, body, wanted, more] of sent) {
    const { status } = await house.api('POST', '/payment-links', body, more);
    checks.expect(`API: a body that is ${what} is refused`, status === wanted, `it gave ${status}`);
  }
}

/** The token endpoint of OAuth: a form, or the header beside it. */
async function tokens(house: House, cards: Cards, checks: Checks): Promise<void> {
  const take = (name: string) => cards.take(`token, ${name}`, 'portal').number;
  const secret = Buffer.from(`${take('basic id')}:${take('basic secret')}`).toString('base64');
  const forms: [Record<string, string>, Record<string, string>?][] = [
    [{ grant_type: 'client_credentials', client_id: take('id'), client_secret: take('secret') }],
    [{ grant_type: take('grant'), scope: take('scope') }],
    [{ grant_type: 'client_credentials' }, { authorization: `Basic ${secret}` }],
    [{ [take('name of a field')]: '1' }],
  ];
  for (const [form, headers] of forms) {
    const { status } = await house.ask(`${house.run.portalUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
    checks.expect('API: a card number gets no access token', status === 400 || status === 401, `${status}`);
  }
}

/** Everything the API takes, with a fresh number each. */
export async function apiFlows(house: House, cards: Cards, checks: Checks): Promise<void> {
  await fields(house, cards, checks);
  await queries(house, cards, checks);
  await headers(house, cards, checks);
  await bodies(house, cards, checks);
  await tokens(house, cards, checks);
}
