import { expect, test } from 'vitest';
import { filterFrom, hrefOf, isOffered } from './filter';
import { chipsOf } from './words';

const AGENT = 'user_01kb1v3q5sezqv4x0c9w6y2m8n';
const PROFILE = 'prof_01kb1v3q5sezqv4x0c9w6y2m8n';
const EVERYTHING = {
  ...{ status: 'active', q: 'stick', channel: 'sms', period: '7', agent: AGENT, profile: PROFILE },
  ...{ currency: 'GBP', minAmountMinor: '1000', maxAmountMinor: '5000' },
};

test('an address is read as it was written, each part of it a chip that takes away that part alone', () => {
  const filter = filterFrom(EVERYTHING);
  expect(filter).toEqual(EVERYTHING);
  expect(filterFrom(Object.fromEntries(new URL(hrefOf(filter), 'http://portal').searchParams))).toEqual(
    filter,
  );
  const choices = { makers: [{ id: AGENT, name: 'Ada' }], profiles: [{ id: PROFILE, name: 'standard' }] };
  const chips = chipsOf(filter, choices);
  expect(chips.map(({ label }) => label)).toEqual([
    ...['Created: last 7 days', 'Created by Ada', 'Profile standard', 'Sent by SMS', '£10.00 to £50.00'],
  ]);
  expect(new Set(chips.flatMap(({ names }) => names))).toEqual(
    new Set(Object.keys(EVERYTHING).filter((name) => name !== 'status' && name !== 'q')),
  );
});

test.each([
  { period: '2026-02-30_' },
  { agent: PROFILE },
  { profile: 'standard' },
  { currency: 'XXX' },
  { minAmountMinor: '100' },
  { currency: 'GBP', maxAmountMinor: '0' },
  { currency: 'GBP', maxAmountMinor: '9999999999999' },
])('%o: what no list could be asked for is left out', (query) => {
  expect(filterFrom(query)).toEqual(
    'currency' in query && query.currency === 'GBP' ? { currency: 'GBP' } : {},
  );
});

test('an order is offered with what it can answer, and left out where a filter does not go with it', () => {
  expect(filterFrom({ status: 'paid', currency: 'GBP', sort: 'amount' })).toMatchObject({ sort: 'amount' });
  expect(isOffered('amount', { currency: 'GBP' })).toBe(false);
  expect(filterFrom({ sort: 'expiring', agent: AGENT })).toMatchObject({ sort: 'expiring' });
  for (const more of [{ period: '7' }, { q: 'stick' }, { status: 'paid' }])
    expect(filterFrom({ sort: 'expiring', ...more })).not.toHaveProperty('sort');
});
