'use client';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button, type ButtonKind } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { AreaField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';

type Props = {
  /** What the button says, and what the act is called in its dialog where that is not the same. */
  label: string;
  confirm?: string;
  kind?: ButtonKind;
  title: string;
  /** What the act does. */
  children: ReactNode;
  hint: string;
  optional?: boolean;
  pending: boolean;
  /** `close` puts the dialog away; until then what was typed stays. */
  onReason: (reason: string | undefined, close: () => void) => void;
};

/** A button for an act that is done only after its reason was written down. */
export function ReasonAct({ label, confirm = label, kind = 'secondary', pending, ...act }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const name = useId();
  const isDanger = kind === 'danger';
  const close = () => {
    setOpen(false);
    setReason('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.onReason(reason.trim() || undefined, close);
  };
  return (
    <>
      <Button
        kind={isDanger ? 'quiet' : kind}
        {...(isDanger && { className: 'text-bad hover:bg-bad-soft' })}
        disabled={pending}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Dialog open={open} onClose={close} title={act.title}>
        <form onSubmit={submit} autoComplete="off">
          <div className="mt-2 mb-4 space-y-2 text-muted">{act.children}</div>
          <AreaField
            name={name}
            label="Reason"
            hint={act.hint}
            optional={act.optional ?? false}
            required={!act.optional}
            maxLength={500}
            value={reason}
            onInput={refuseCard}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <Button kind="secondary" onClick={close}>
              Leave it
            </Button>
            <Button type="submit" kind={isDanger ? 'danger' : 'primary'} disabled={pending}>
              {pending ? 'One moment…' : confirm}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
