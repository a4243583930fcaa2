'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { SelectField } from '@/app/_components/field';
import { periodFrom } from '@/core/link-period';
import type { FilterChoices } from '@/lib/payment-links';
import { AmountFields, amountsIn, type Errors } from './amount-fields';
import { filterFrom, hrefOf, type LinkFilter, SENT } from './filter';
import { PeriodFields } from './period-fields';
import { SENT_WORDS } from './words';

type Props = { filter: LinkFilter; choices: FilterChoices };

/** Narrows the list by anything but status and words, which stand beside it. */
export function FilterButton(props: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button kind="secondary" onClick={() => setOpen(true)}>
        Filter
      </Button>
      <Dialog open={open} onClose={close} title="Filter payment links">
        {open && <FilterForm {...props} onClose={close} />}
      </Dialog>
    </>
  );
}

const typed = (form: FormData, name: string) => String(form.get(name) ?? '');

function periodIn(form: FormData): string {
  const chosen = typed(form, 'period');
  return chosen === 'between' ? `${typed(form, 'from')}_${typed(form, 'to')}` : chosen;
}

function FilterForm({ filter, choices, onClose }: Props & { onClose: () => void }) {
  const router = useRouter();
  const [errors, setErrors] = useState<Errors>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amounts = amountsIn(form);
    if ('errors' in amounts) return setErrors(amounts.errors);
    const chosen = ['agent', 'profile', 'channel', 'currency'].map((name) => [name, typed(form, name)]);
    const wanted = { ...Object.fromEntries(chosen), ...amounts, period: periodIn(form) };
    onClose();
    router.push(hrefOf(filterFrom({ ...filter, ...wanted })));
  };
  return (
    <form onSubmit={submit} className="mt-3 space-y-4">
      <PeriodFields period={periodFrom(filter.period ?? '')} />
      <Choice name="agent" label="Created by" any="Anybody" all={choices.makers} chosen={filter.agent} />
      <Choice name="profile" label="Profile" any="Any" all={choices.profiles} chosen={filter.profile} />
      <Choice
        name="channel"
        label="How it was sent"
        any="Sent or not"
        all={SENT.map((id) => ({ id, name: SENT_WORDS[id] }))}
        chosen={filter.channel}
      />
      <AmountFields filter={filter} errors={errors} />
      <div className="flex flex-wrap justify-end gap-3 pt-2">
        <Button kind="secondary" onClick={onClose} className="max-sm:order-last max-sm:w-full">
          Leave it
        </Button>
        <Button type="submit" className="max-sm:w-full">
          Show
        </Button>
      </div>
    </form>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  any: string;
  all: { id: string; name: string }[];
  chosen: string | undefined;
};

const Choice = ({ name, label, any, all, chosen = '' }: ChoiceProps) => (
  <SelectField name={name} label={label} defaultValue={chosen}>
    <option value="">{any}</option>
    {all.map(({ id, name: text }) => (
      <option key={id} value={id}>
        {text}
      </option>
    ))}
  </SelectField>
);
