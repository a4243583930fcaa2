'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { PlusIcon } from '@/app/_components/icons';
import { refuseCard } from '@/app/_components/no-card';
import type { AppError } from '@/core/outcome';
import type { Role } from '@/core/permissions';
import { ActDialog } from '../../_parts/act-dialog';
import { RadioChoice } from '../../_parts/radio-choice';
import type { rolesToGive } from '../../_words/roles';
import { confirmIdentity } from '../links/[id]/actions';
import { invite } from './actions';

/** Asks somebody to join. `roles` are those that may be given. */
export function InviteButton({ roles }: { roles: ReturnType<typeof rolesToGive> }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<Role>('agent');
  const submit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? '');
    const outcome = await invite({ name: text('name'), email: text('email'), role });
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PlusIcon /> Invite
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Invite somebody"
        label="Send invitation"
        working="Sending…"
        done="The invitation is on its way."
        queryKey={['team']}
        onSubmit={submit}
        confirm={confirmIdentity}
        explain={explain}
      >
        <TextField
          name="name"
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          onInput={refuseCard}
        />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          onInput={refuseCard}
          hint="They get a link that works once, for 72 hours."
        />
        <RadioChoice
          legend="Role"
          options={roles}
          chosen={role}
          disabled={false}
          onChoose={({ value }) => setRole(value)}
        />
      </ActDialog>
    </>
  );
}

/** What is told of a refusal in the words of this form. */
const explain = ({ errors }: AppError) =>
  errors?.[0]?.path === 'email' ? `That e-mail address ${errors[0].message}.` : undefined;
