'use client';
import { useState } from 'react';
import { SelectField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { CURRENCIES, toDecimal } from '@/core/money';
import { amountOf } from '../../_issue/input';
import type { LinkFilter } from './filter';

const BOUNDS = { minAmountMinor: 'At least', maxAmountMinor: 'At most' } as const;
type Bound = keyof typeof BOUNDS;
const NAMES = Object.keys(BOUNDS) as Bound[];
export type Errors = Partial<Record<Bound, string>>;

/** The amounts that were typed, in minor units of the currency, or why one is none. */
export function amountsIn(form: FormData): Record<Bound, string> | { errors: Errors } {
  const currency = String(form.get('currency') ?? '');
  const amounts: Record<Bound, string> = { minAmountMinor: '', maxAmountMinor: '' };
  const errors: Errors = {};
  for (const name of NAMES) {
    const text = String(form.get(name) ?? '').trim();
    if (text === '') continue;
    const amount = amountOf(text, currency);
    if ('error' in amount) errors[name] = amount.error;
    else amounts[name] = String(amount.amountMinor);
  }
  return Object.keys(errors).length > 0 ? { errors } : amounts;
}

/** Amounts are compared within one currency. */
export function AmountFields({ filter, errors }: { filter: LinkFilter; errors: Errors }) {
  const [currency, setCurrency] = useState(filter.currency ?? '');
  const shown = (minor: string | undefined) =>
    minor && currency === filter.currency ? toDecimal({ amountMinor: Number(minor), currency }) : '';
  return (
    <>
      <SelectField
        name="currency"
        label="Currency"
        value={currency}
        onChange={({ target }) => setCurrency(target.value)}
        {...(!currency && { hint: 'To narrow by amount, choose one.' })}
      >
        <option value="">Any</option>
        {CURRENCIES.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </SelectField>
      {currency && (
        <div className="grid grid-cols-2 gap-3">
          {NAMES.map((name) => (
            <TextField
              key={`${currency} ${name}`}
              name={name}
              label={BOUNDS[name]}
              error={errors[name]}
              inputMode="decimal"
              autoComplete="off"
              maxLength={24}
              onInput={refuseCard}
              defaultValue={shown(filter[name])}
              className="tabular-nums"
            />
          ))}
        </div>
      )}
    </>
  );
}
