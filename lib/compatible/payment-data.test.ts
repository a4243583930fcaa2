import { expect, test } from 'vitest';
import { minorOf, wishOf } from './payment-data';

const DATA = { FirstName: 'John', Surname: 'Smith', Amount: '12.40', Currency: 'GBP' };

test('a decimal becomes exactly the minor units of its currency, or is refused: never rounded, never guessed', () => {
  const exact: [string, string, number][] = [
    ['12.40', 'GBP', 1240],
    ['12.4', 'GBP', 1240],
    ['12', 'GBP', 1200],
    ['0.01', 'GBP', 1],
    ['1000', 'JPY', 1000],
    ['1.234', 'KWD', 1234],
    ['9999999999.99', 'GBP', 999_999_999_999],
  ];
  for (const [amount, currency, minor] of exact) expect(minorOf(amount, currency), amount).toBe(minor);
  const refused: [string, string][] = [
    ['12.405', 'GBP'],
    ['1.000', 'JPY'],
    ['1,000', 'JPY'],
    ['12,40', 'GBP'],
    ['1.2345', 'KWD'],
    ...['0', '0.00', '-1', '+1', '1e3', ' ', '12.', '.50', '1 000', '0x10', '10000000000.00'].map(
      (amount): [string, string] => [amount, 'GBP'],
    ),
  ];
  for (const [amount, currency] of refused) expect(minorOf(amount, currency), amount).toBeNull();
});

test('names of paymentData become the fields of a link, and those left empty are left out', () => {
  expect(
    wishOf('digital', {
      ...DATA,
      Email: '',
      CustomerPhoneNumber: '447700900123',
      MerchantReferenceCode: '0123456789098760',
      Postcode: '50-348',
    }),
  ).toEqual({
    ok: true,
    value: {
      amountMinor: 1240,
      currency: 'GBP',
      customer: { name: 'John Smith', phone: '+447700900123' },
      reference: '0123456789098760',
    },
  });
  for (const written of ['+44 7700 900123', '0044 7700-900123'])
    expect(wishOf('digital', { ...DATA, CustomerPhoneNumber: written })).toMatchObject({
      value: { customer: { phone: '+447700900123' } },
    });
  expect(wishOf('digital', { ...DATA, Currency: 'gbp' })).toMatchObject({ value: { currency: 'GBP' } });
});

test('a number that no link goes to is no reason to refuse a payment on the keypad', () => {
  const data = { ...DATA, CustomerPhoneNumber: '12' };
  expect(wishOf('agent_assist', data)).toMatchObject({ value: { customer: { name: 'John Smith' } } });
  expect(wishOf('digital', data)).toMatchObject({ value: { customer: { phone: '+12' } } });
});

test('amount and currency are needed, each refused under its code and name', () => {
  const code = (data: object) => {
    const wish = wishOf('digital', data as Record<string, string>);
    return wish.ok ? null : [wish.error.code, wish.error.message.split(':')[0]];
  };
  expect(code({ ...DATA, Amount: '12.405' })).toEqual(['AMOUNT_INVALID', 'paymentData.Amount']);
  expect(code({ Currency: 'GBP' })).toEqual(['AMOUNT_INVALID', 'paymentData.Amount']);
  expect(code({ Amount: '1' })).toEqual(['INVALID_REQUEST', 'paymentData.Currency']);
  expect(code({ ...DATA, Currency: 'POUNDS' })).toEqual(['INVALID_REQUEST', 'paymentData.Currency']);
});
