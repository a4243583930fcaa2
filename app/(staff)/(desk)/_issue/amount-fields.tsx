'use client';
import { useState } from 'react';
import { SelectField, TextField } from '@/app/_components/field';
import { STAFF_LOCALE } from '@/app/_components/format';
import { formatMoney } from '@/core/money';
import { amountOf, type IssueErrors, type IssueValues } from './input';

type Props = {
  values: IssueValues;
  errors: IssueErrors;
  currencies: { common: string[]; other: string[] };
};

/** Amount and currency; what was typed is read back as money, so that a slip of the point is seen before it is sent. */
export function AmountFields({ values, errors, currencies }: Props) {
  const [text, setText] = useState(values.amount ?? '');
  const [currency, setCurrency] = useState(values.currency ?? currencies.common[0] ?? '');
  const amount = amountOf(text.trim(), currency);
  const readBack =
    'error' in amount
      ? 'As you would say it, like 12.40.'
      : `= ${formatMoney({ ...amount, currency }, STAFF_LOCALE)}`;
  const options = (codes: string[]) =>
    codes.map((code) => (
      <option key={code} value={code}>
        {code}
      </option>
    ));
  return (
    <div className="grid grid-cols-[1fr_7rem] gap-3 sm:col-span-2">
      <TextField
        name="amount"
        label="Amount"
        inputMode="decimal"
        autoComplete="off"
        required
        maxLength={24}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={errors.amount}
        hint={readBack}
        className="font-semibold tabular-nums"
      />
      <SelectField
        name="currency"
        label="Currency"
        error={errors.currency}
        value={currency}
        onChange={(event) => setCurrency(event.target.value)}
      >
        <optgroup label="Common">{options(currencies.common)}</optgroup>
        <optgroup label="All others">{options(currencies.other)}</optgroup>
      </SelectField>
    </div>
  );
}
