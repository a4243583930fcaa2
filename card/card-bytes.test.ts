import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCardNumber, luhn } from '@/core/card-rules';
import { authorize } from './authorize';
import { factsOf, luhnBytes, parseFields, wipe, withCard } from './card-bytes';
import type { CardConfig } from './env';
import { holdReceived, wipeReceived } from './received';
import { cardBody, newKeys, PAN } from './testing';

const fieldsOf = (text: string) => {
  const body = Buffer.from(text);
  const fields = parseFields(body);
  if (!fields) throw new Error('not six lines');
  return { body, fields };
};

test('the check digit over bytes agrees with the one over text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.stringMatching(/^\d{1,19}$/), fc.string()), (text) => {
      expect(luhnBytes(Buffer.from(text))).toBe(luhn(text));
    }),
  );
});

test('a number is accepted over bytes exactly when the core rules accept it', () => {
  const prefixes = fc.constantFrom(
    '4',
    '51',
    '2221',
    '34',
    '6011',
    '36',
    '3095',
    '3528',
    '62',
    '5018',
    '9',
    '1',
  );
  fc.assert(
    fc.property(prefixes, fc.stringMatching(/^\d{8,18}$/), (prefix, rest) => {
      const number = prefix + rest;
      const csc = /^3[47]/.test(number) ? '1234' : '123';
      const { fields } = fieldsOf(cardBody('t', { number, csc }));
      expect(factsOf(fields) !== null).toBe(isCardNumber(number));
    }),
    { numRuns: 3_000 },
  );
});

test('the fields share the memory of the body: wiping it wipes them', () => {
  const { body, fields } = fieldsOf(cardBody('ticket'));
  for (const field of Object.values(fields)) expect(field.buffer).toBe(body.buffer);
  wipe(body);
  for (const field of Object.values(fields)) expect(field.every((byte: number) => byte === 0)).toBe(true);
});

test('the body is all zeros after handling, also when it is refused', async () => {
  const config = {
    ticketKeys: [newKeys().publicKey],
    parentOrigins: [] as string[],
  } as unknown as CardConfig;
  const signal = new AbortController().signal;
  for (const text of [cardBody('not a ticket'), 'not six lines']) {
    const body = Buffer.from(text);
    const answer = await authorize(config, body, 'http://pay.example', {
      charging: signal,
      reporting: signal,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(body.every((byte) => byte === 0)).toBe(true);
  }
});

test('what a connection received is all zeros once it is wiped, and never held without end', () => {
  const socket = new Socket();
  holdReceived(socket);
  const chunks = Array.from({ length: 20 }, () => Buffer.alloc(8 * 1024, PAN));
  for (const chunk of chunks) socket.emit('data', chunk);
  const full = () => chunks.filter((chunk) => chunk.some((byte) => byte !== 0)).length;
  expect(full()).toBeLessThanOrEqual(8);
  wipeReceived(socket);
  expect(full()).toBe(0);
});

test('what arrives after an answer is wiped when the connection closes', () => {
  const socket = new Socket();
  holdReceived(socket);
  wipeReceived(socket);
  const late = Buffer.from(PAN);
  socket.emit('data', late);
  socket.emit('close');
  expect(late.every((byte) => byte === 0)).toBe(true);
});

test('any name survives the way into JSON', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((name) => !/\p{Cc}/u.test(name) && name.replace(/\D/g, '').length < 12);
  fc.assert(
    fc.property(names, (name) => {
      const { fields } = fieldsOf(cardBody('t', { name }));
      const facts = { brand: 'visa', last4: '4242', expMonth: 1, expYear: 2030 };
      const sent = JSON.parse(withCard({ a: 1 }, fields, facts).toString());
      expect(sent).toEqual({ a: 1, card: { number: PAN, expMonth: 1, expYear: 2030, csc: '123', name } });
    }),
  );
});
