'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { CheckField } from '@/app/_components/field';
import type { Outcome } from '@/core/outcome';
import type { Role } from '@/core/permissions';
import { ActDialog } from '../../_parts/act-dialog';
import { RadioChoice } from '../../_parts/radio-choice';
import type { rolesToGive } from '../../_words/roles';
import { confirmIdentity } from '../links/[id]/actions';
import { disable, dropFactors, enable, giveRole, inviteAgain, setButton, signOut, withdraw } from './actions';
import { ACTS, type Act } from './words';

type Props = {
  id: string;
  name: string;
  role: Role;
  buttonEnabled: boolean;
  roles: ReturnType<typeof rolesToGive>;
  acts: Act[];
};

const DANGEROUS: readonly Act[] = ['factors', 'disable', 'withdraw'];

/** What can be done with one person, folded until it is asked for. */
export function MemberActs({ id, name, role, buttonEnabled, roles, acts }: Props) {
  const router = useRouter();
  const [asked, setAsked] = useState<Act>('role');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Role>(role);
  const { title, text, send, working, done } = ACTS[asked];
  const submit = async (form: FormData): Promise<Outcome<unknown>> => {
    const work: Record<Act, () => Promise<Outcome<unknown>>> = {
      role: () => giveRole(id, chosen),
      button: () => setButton(id, form.get('button') === 'on'),
      sign_out: () => signOut(id),
      factors: () => dropFactors(id),
      disable: () => disable(id),
      enable: () => enable(id),
      again: () => inviteAgain(id),
      withdraw: () => withdraw(id),
    };
    const outcome = await work[asked]();
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <details className="mt-1">
      <summary
        aria-label={`Manage ${name}`}
        className="inline-flex min-h-9 cursor-pointer items-center text-sm font-medium text-accent"
      >
        Manage
      </summary>
      <div className="mt-1 flex flex-wrap gap-2">
        {acts.map((one) => (
          <Button
            key={one}
            kind="secondary"
            className={DANGEROUS.includes(one) ? 'text-bad!' : undefined}
            aria-label={`${ACTS[one].label}: ${name}`}
            onClick={() => {
              setAsked(one);
              setChosen(role);
              setOpen(true);
            }}
          >
            {ACTS[one].label}
          </Button>
        ))}
      </div>
      <ActDialog
        {...{ open, title, working, done }}
        label={send}
        onClose={() => setOpen(false)}
        danger={DANGEROUS.includes(asked)}
        queryKey={['team']}
        onSubmit={submit}
        confirm={confirmIdentity}
      >
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-muted">{text}</p>
        {asked === 'role' && (
          <RadioChoice
            legend="Role"
            options={roles}
            chosen={chosen}
            disabled={false}
            onChoose={({ value }) => setChosen(value)}
          />
        )}
        {asked === 'button' && (
          <CheckField name="button" label="May press the payment button" defaultChecked={buttonEnabled} />
        )}
      </ActDialog>
    </details>
  );
}
