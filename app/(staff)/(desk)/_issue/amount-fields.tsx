'use client';
import { useState } from 'react';
import { SelectField, TextField } from '@/app/_components/field';
import { STAFF_LOCALE } from '@/app/_components/format';
import { formatMoney } from '@/core/money';
import type { AmountType } from '@/core/payment-link';
import { amountOf, type IssueErrors, type IssueValues, typeOf } from './input';

type Props = {
  values: IssueValues;
  errors: IssueErrors;
  currencies: { common: string[]; other: string[] };
};

const WAYS: [AmountType, string][] = [
  ['fixed', 'All at once'],
  ['partial', 'In parts, until all is paid'],
  ['open', 'The customer says how much'],
];
const LABEL: Record<AmountType, string> = {
  fixed: 'Amount',
  partial: 'Total amount',
  open: 'Suggested amount',
};

/** How much, in which currency, and who says so. Selects keep a default, which a form that came back is reset to. */
export function AmountFields({ values, errors, currencies }: Props) {
  const [currency, setCurrency] = useState(values.currency ?? currencies.common[0] ?? '');
  const [type, setType] = useState(typeOf(values));
  const field = (name: 'amount' | 'minAmount' | 'maxAmount') => ({
    name,
    currency,
    error: errors[name],
    initial: values[name],
  });
  const options = (codes: string[]) =>
    codes.map((code) => (
      <option key={code} value={code}>
        {code}
      </option>
    ));
  return (
    <>
      <div className="grid grid-cols-[1fr_7rem] gap-3 sm:col-span-2">
        <AmountField {...field('amount')} label={LABEL[type]} optional={type === 'open'} />
        <SelectField
          name="currency"
          label="Currency"
          error={errors.currency}
          defaultValue={currency}
          onChange={(event) => setCurrency(event.target.value)}
        >
          <optgroup label="Common">{options(currencies.common)}</optgroup>
          <optgroup label="All others">{options(currencies.other)}</optgroup>
        </SelectField>
      </div>
      <div className="sm:col-span-2">
        <SelectField
          name="amountType"
          label="How it is paid"
          error={errors.amountType}
          defaultValue={type}
          onChange={(event) => setType(WAYS.find(([way]) => way === event.target.value)?.[0] ?? 'fixed')}
        >
          {WAYS.map(([way, label]) => (
            <option key={way} value={way}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      {type !== 'fixed' && (
        <AmountField
          {...field('minAmount')}
          label={type === 'partial' ? 'Smallest part' : 'At least'}
          optional
        />
      )}
      {type === 'open' && <AmountField {...field('maxAmount')} label="At most" optional />}
    </>
  );
}

type FieldProps = {
  name: string;
  label: string;
  currency: string;
  error: string | undefined;
  initial: string | undefined;
  optional: boolean;
};

/** What was typed is read back as money, so that a slip of the point is seen before it is sent. */
function AmountField({ name, label, currency, error, initial, optional }: FieldProps) {
  const [text, setText] = useState(initial ?? '');
  const amount = amountOf(text.trim(), currency);
  return (
    <TextField
      name={name}
      label={label}
      optional={optional}
      inputMode="decimal"
      autoComplete="off"
      required={!optional}
      maxLength={24}
      value={text}
      onChange={(event) => setText(event.target.value)}
      error={text.trim() === (initial ?? '').trim() ? error : undefined}
      hint={
        'error' in amount
          ? 'As you would say it, like 12.40.'
          : `= ${formatMoney({ ...amount, currency }, STAFF_LOCALE)}`
      }
      className="font-semibold tabular-nums"
    />
  );
}
