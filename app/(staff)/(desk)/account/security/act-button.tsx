'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_components/button';
import type { Outcome } from '@/core/outcome';
import { ActDialog } from '../../_parts/act-dialog';
import { confirmIdentity } from '../../admin/links/[id]/actions';

type Props = {
  /** What opens the dialog, and of what, where there are several. */
  open: string;
  of?: string;
  title: string;
  label: string;
  working: string;
  done: string;
  danger?: boolean;
  onSubmit: (form: FormData) => Promise<Outcome<unknown>>;
  children: ReactNode;
};

/** A change of one's own second factors, that is asked for first. */
export function ActButton({ open: opens, of, onSubmit, children, ...words }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const submit = async (form: FormData) => {
    const outcome = await onSubmit(form);
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <>
      <Button
        kind="secondary"
        className={words.danger ? 'text-bad!' : undefined}
        aria-label={of && `${opens}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {opens}
      </Button>
      <ActDialog
        {...words}
        open={open}
        onClose={() => setOpen(false)}
        queryKey={['account']}
        onSubmit={submit}
        confirm={confirmIdentity}
      >
        {children}
      </ActDialog>
    </>
  );
}
