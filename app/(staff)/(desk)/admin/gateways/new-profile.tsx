'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { ActDialog } from '../../_parts/act-dialog';
import { confirmIdentity } from '../links/[id]/actions';
import { createProfile } from './actions';
import { AccountFields, accountOf, basicsOf, CaptureField, NameField } from './fields';

/** Asks for a payment profile and the account that it uses. */
export function NewProfile({ gateways }: { gateways: readonly string[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PlusIcon /> New payment profile
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title="New payment profile"
        wide
        label="Create"
        working="Creating…"
        done="The payment profile is there."
        queryKey={['profiles']}
        confirm={confirmIdentity}
        onSubmit={async (form) => {
          const outcome = await createProfile({ ...basicsOf(form), ...accountOf(form) });
          if (outcome.ok) router.refresh();
          return outcome;
        }}
      >
        <NameField />
        <CaptureField />
        <AccountFields gateways={gateways} />
      </ActDialog>
    </>
  );
}
