'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_components/button';
import type { Outcome } from '@/core/outcome';
import { ActDialog } from '../../../_parts/act-dialog';
import { SecretNotice } from '../../../_parts/secret-notice';
import { confirmIdentity } from '../../links/[id]/actions';

type Props = {
  /** What it is called in a sentence and, shorter, on a button. */
  what: string;
  short: string;
  isSetUp: boolean;
  fields: ReactNode;
  onSave: (form: FormData) => Promise<Outcome<{ secret: string | null }>>;
  onRemove: () => Promise<Outcome<unknown>>;
  /** What is lost with it. */
  loss: string;
  /** Further acts, before those of setting it up and behind them. */
  before?: ReactNode;
  behind?: ReactNode;
};
const KEY = ['profiles'];

/** Sets a part of a payment profile up, changes or removes it; shows the signing secret where one was made. */
export function SetUpActs({ what, short, isSetUp, fields, onSave, onRemove, loss, before, behind }: Props) {
  const router = useRouter();
  const [asked, setAsked] = useState<'save' | 'remove' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const show = <T,>(outcome: Outcome<T>, made: (value: T) => string | null): Outcome<T> => {
    if (!outcome.ok) return outcome;
    setSecret(made(outcome.value));
    router.refresh();
    return outcome;
  };
  const close = () => setAsked(null);
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-2">
        {before}
        <Button kind={isSetUp ? 'secondary' : 'primary'} onClick={() => setAsked('save')}>
          {isSetUp ? 'Change' : 'Set up'} {short}
        </Button>
        {isSetUp && (
          <Button kind="secondary" className="text-bad!" onClick={() => setAsked('remove')}>
            Remove {short}
          </Button>
        )}
        {behind}
      </div>
      {secret && (
        <div className="mt-4">
          <SecretNotice what="signing secret" secret={secret} />
        </div>
      )}
      <ActDialog
        open={asked === 'save'}
        onClose={close}
        wide
        title={isSetUp ? `Change the ${what}` : `Set up the ${what}`}
        label="Save"
        working="Saving…"
        done={`The ${what} is saved.`}
        queryKey={KEY}
        onSubmit={async (form) => show(await onSave(form), (saved) => saved.secret)}
        confirm={confirmIdentity}
      >
        {fields}
      </ActDialog>
      <ActDialog
        open={asked === 'remove'}
        onClose={close}
        title={`Remove the ${what}?`}
        label="Remove"
        working="Removing…"
        done={`The ${what} is removed.`}
        danger
        queryKey={KEY}
        onSubmit={async () => show(await onRemove(), () => null)}
        confirm={confirmIdentity}
      >
        <p className="text-muted">{loss} This cannot be undone.</p>
      </ActDialog>
    </>
  );
}
