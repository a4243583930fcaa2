import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { moneyText } from '@/app/_components/format';
import { SearchIcon } from '@/app/_components/icons';
import type { AgentContext } from '@/lib/payment-sessions';
import { amountOf } from '../../_issue/input';
import type { PaymentField } from './form-values';
import { KeyHint } from './key-hint';
import { ariaKey } from './keys';
import type { PaymentForm } from './use-payment-form';

type Props = { form: PaymentForm; context: AgentContext };
type TextProps = { label: string; optional?: boolean; maxLength: number };

const textOf = (form: PaymentForm, name: PaymentField, props: TextProps) => ({
  name,
  ...props,
  value: form.values[name],
  error: form.errorOf(name),
  autoComplete: 'off',
  onChange: ({ target }: { target: { value: string } }) => form.set(name, target.value),
});

/** Six fields at the most: what the caller says, in the order in which they say it. The rest waits behind one press. */
export function PaymentFields({ form, context }: Props) {
  const { profiles } = context;
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {profiles.length > 1 && (
        <SelectField
          name="profile"
          label="Payment profile"
          value={form.values.profile}
          error={form.errorOf('profile')}
          onChange={(event) => form.set('profile', event.target.value)}
        >
          {profiles.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <ReferenceField form={form} context={context} />
      <AmountField form={form} context={context} />
      <TextField
        {...textOf(form, 'description', { label: 'What it is for', optional: true, maxLength: 200 })}
      />
      <TextField
        {...textOf(form, 'contact', {
          label: 'Mobile phone or e-mail',
          optional: form.kind !== 'digital',
          maxLength: 254,
        })}
        inputMode="email"
        spellCheck={false}
        autoCapitalize="none"
        placeholder="+44 7700 900123"
      />
      <More form={form} />
    </div>
  );
}

function ReferenceField({ form, context }: Props) {
  const canLookUp = context.profiles.find(({ id }) => id === form.values.profile)?.lookup === true;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          {...textOf(form, 'reference', { label: 'Reference', optional: true, maxLength: 64 })}
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.altKey || !canLookUp || form.values.amount !== '') return;
            event.preventDefault();
            void form.lookUp();
          }}
        />
      </div>
      {canLookUp && (
        <Button
          kind="secondary"
          className="mt-7 min-h-11 px-3 sm:min-h-10"
          disabled={form.busy !== null || form.values.reference.trim() === ''}
          aria-keyshortcuts={ariaKey('lookUp')}
          onClick={() => void form.lookUp()}
        >
          <SearchIcon /> {form.busy === 'looking' ? 'Looking…' : 'Look up'}
          <span className="max-lg:hidden">
            <KeyHint name="lookUp" />
          </span>
        </Button>
      )}
    </div>
  );
}

/** What was typed is read back as money, so that a slip of the point is seen before it is sent. */
function AmountField({ form, context: { currencies } }: Props) {
  const { amount: text, currency } = form.values;
  const amount = amountOf(text.trim(), currency);
  const options = (codes: string[]) =>
    codes.map((code) => (
      <option key={code} value={code}>
        {code}
      </option>
    ));
  return (
    <div className="grid grid-cols-[1fr_6.5rem] gap-3">
      <TextField
        {...textOf(form, 'amount', { label: 'Amount', maxLength: 24 })}
        inputMode="decimal"
        required
        hint={'error' in amount ? undefined : `= ${moneyText({ ...amount, currency })}`}
        className="font-semibold tabular-nums"
      />
      <SelectField
        name="currency"
        label="Currency"
        value={currency}
        error={form.errorOf('currency')}
        onChange={(event) => form.set('currency', event.target.value)}
      >
        <optgroup label="Common">{options(currencies.common)}</optgroup>
        <optgroup label="All others">{options(currencies.other)}</optgroup>
      </SelectField>
    </div>
  );
}

/** Opens by itself where something stands in it, and stays so. */
function More({ form }: { form: PaymentForm }) {
  const [opened, setOpened] = useState(false);
  const { name, email } = form.values;
  const isNeeded = name !== '' || email !== '' || form.errorOf('name') || form.errorOf('email');
  return (
    <details
      open={opened || Boolean(isNeeded)}
      onToggle={(event) => setOpened(event.currentTarget.open)}
      className="sm:col-span-2"
    >
      <summary className="inline-flex min-h-11 list-none items-center text-accent sm:min-h-8">
        More about the customer
      </summary>
      <div className="mt-1 grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <TextField {...textOf(form, 'name', { label: 'Name', optional: true, maxLength: 100 })} />
        <TextField
          {...textOf(form, 'email', { label: 'E-mail as well', optional: true, maxLength: 254 })}
          type="email"
          spellCheck={false}
        />
      </div>
    </details>
  );
}
