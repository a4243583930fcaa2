/** Wrong with notifications, with time, and with what nobody else may hear. */
import type { Notification } from '../../port';
import { carelessly, portal, told, type Wrong } from './change';

const seconds = (headers: Readonly<Record<string, string>>) => Number(headers['webhook-timestamp'] ?? 0);
const TELLING: Wrong[] = [
  {
    name: 'tells another amount',
    breaks: ['a payment is told as it was answered', 'a dispute is told', 'a refund is told'],
    make: told((note) =>
      'amountMinor' in note.fact
        ? { ...note, fact: { ...note.fact, amountMinor: note.fact.amountMinor + 1 } }
        : note,
    ),
  },
  {
    name: 'hears of payments that were taken, and of nothing else',
    breaks: ['a hold that was given back', 'a refund is told', 'a dispute is told'],
    make: told((note) =>
      note.fact.kind === 'payment' && note.fact.result.kind !== 'voided'
        ? note
        : { ...note, fact: { kind: 'other' } },
    ),
  },
  {
    name: 'calls each notification a new one',
    breaks: ['a replay reads as the very same'],
    make: told((note) => ({ ...note, id: `${note.id}${performance.now()}` })),
  },
  {
    name: 'believes whoever posts',
    breaks: ['a byte changed', 'older or newer', 'a secret that is none'],
    make: (good) => ({
      ...good,
      readNotification(secret, headers, body, now) {
        const note = good.readNotification(secret, headers, body, now);
        return note ?? { id: 'any', type: 'any', fact: { kind: 'other' } };
      },
    }),
  },
  {
    name: 'takes news of any age',
    breaks: ['older or newer than 300 seconds'],
    make: (good) => ({
      ...good,
      readNotification: (secret, headers, body) =>
        good.readNotification(secret, headers, body, new Date(seconds(headers) * 1000)),
    }),
  },
  {
    name: 'takes what makes no sense for what concerns nobody',
    breaks: ['what is signed but makes no sense', 'an amount that is none'],
    make: told((note) => (note.fact.kind === 'unreadable' ? { ...note, fact: { kind: 'other' } } : note)),
  },
  {
    name: 'cannot read what it does not know',
    breaks: ['a kind of news that we do not know'],
    make: told((note) => (note.fact.kind === 'other' ? { ...note, fact: { kind: 'unreadable' } } : note)),
  },
  {
    name: 'keeps what it was told, as it was told',
    breaks: ['a card number never gets into a fact'],
    make: told((note, body): Notification => ({ ...note, fact: { ...note.fact, ...{ raw: body } } })),
  },
];

const LEAKING: Wrong[] = [
  {
    name: 'has all the time in the world',
    breaks: ['an answer that does not end'],
    make: (good) => ({ ...good, portal: (place) => good.portal(place, 5_000) }),
  },
  {
    name: 'reads as long as it is written to',
    breaks: ['an answer without end'],
    make: portal((_, place) => ({
      async read() {
        const response = await fetch(place.url);
        let size = 0;
        for await (const chunk of response.body ?? []) {
          size += chunk.length;
          if (size > 64 * 1_048_576) break;
        }
        return { kind: 'unreachable', reason: 'too long' };
      },
    })),
  },
  {
    name: 'quotes what it could not read',
    breaks: ['no key, no card', 'a card number in any text'],
    make: portal((gateway, place) => ({
      read: async (expected) => {
        const text = await carelessly(place, '/payments').catch(() => '');
        return { kind: 'unreachable', reason: text || JSON.stringify(await gateway.read(expected)) };
      },
    })),
  },
  {
    name: 'writes its key into the address, and follows wherever it is sent',
    breaks: ['the key travels in a header'],
    make: portal((gateway, place) => ({
      read: async (expected) => {
        await carelessly(place, `/payments?key=${place.apiKey}`).catch(() => '');
        return gateway.read(expected);
      },
    })),
  },
  {
    name: 'names the card in a header',
    breaks: ['card data is in the body of the one charge'],
    make: (good) => ({
      ...good,
      charge: async (order, limits) => {
        const number = order.fields.number.toString('latin1');
        await carelessly(order.grant.gateway, '/ping', { 'x-card': number }).catch(() => '');
        return good.charge(order, limits);
      },
    }),
  },
];

export const WRONG_TALK: readonly Wrong[] = [...TELLING, ...LEAKING];
