import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { ticketSigningInput } from '@/core/card-ticket';
import { readConfig } from './env';
import { readTicket } from './ticket';

const PORTAL = 'http://localhost:3000';
const newPair = () => generateKeyPairSync('ed25519');
const der = (key: KeyObject): string =>
  key
    .export(key.type === 'public' ? { format: 'der', type: 'spki' } : { format: 'der', type: 'pkcs8' })
    .toString('base64url');

function ticketBy(key: KeyObject): string {
  const ids = { attempt: `pay_${'0'.repeat(26)}`, paymentLink: `plk_${'0'.repeat(26)}` };
  const said = { v: 1, ...ids, amountMinor: 100, currency: 'GBP', channel: 'ecommerce', parent: PORTAL };
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${payload}.${sign(null, Buffer.from(ticketSigningInput(payload)), key).toString('base64url')}`;
}

test('tickets of both of the portal’s keys are taken while one replaces the other, and of no third', () => {
  const [fresh, old, third, own] = [newPair(), newPair(), newPair(), newPair()];
  const { ticketKeys: keys } = readConfig({
    ...{ CARD_PORT: '0', CARD_URL: 'http://localhost:3001', PORTAL_INTERNAL_URL: PORTAL },
    ...{ PARENT_ORIGINS: PORTAL, CHALLENGE_ORIGINS: PORTAL },
    TICKET_PUBLIC_KEY: `${der(fresh.publicKey)},${der(old.publicKey)}`,
    CARD_SIGNING_KEY: der(own.privateKey),
  });
  const taken = [fresh, old, third].map(({ privateKey }) =>
    readTicket(ticketBy(privateKey), { keys, parents: [PORTAL] }),
  );
  expect(taken).toMatchObject([{ amountMinor: 100 }, { amountMinor: 100 }, null]);
});
