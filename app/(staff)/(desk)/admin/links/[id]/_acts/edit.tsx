'use client';
import { TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { ActDialog } from '../../../../_parts/act-dialog';
import { useVersion } from '../../../../_parts/use-version';
import { changeLink } from '../actions';
import type { ActProps } from './props';

/** What the customer reads. Somebody else's change is told and never overwritten unseen; what was typed stays. */
export function EditDialog(props: ActProps) {
  const { link } = props.history;
  const { seen, conflict, change } = useVersion(link);
  const submit = (form: FormData) => {
    const description = String(form.get('description') ?? '').trim() || null;
    return change((version) => changeLink(link.id, version, { description }));
  };
  const collides = link.description !== seen.description;
  return (
    <ActDialog
      open={props.open}
      onClose={props.onClose}
      title="Edit the link"
      label={conflict ? 'Save mine' : 'Save'}
      working="Saving…"
      done="Saved. The customer’s page shows it now."
      queryKey={props.queryKey}
      onSubmit={submit}
      explain={({ code, message }) => {
        if (code !== 'version_mismatch') return message;
        if (!collides)
          return 'The link has changed meanwhile, but not in what it is for. Your words are kept: save again.';
        return (
          <>
            Somebody else has changed this while you were typing. It now says{' '}
            <strong className="font-semibold">“{link.description ?? 'nothing'}”</strong>. Your words are kept
            above: save yours over it, or leave theirs.
          </>
        );
      }}
    >
      <TextField
        name="description"
        label="What it is for"
        optional
        maxLength={200}
        autoComplete="off"
        defaultValue={seen.description ?? ''}
        onInput={refuseCard}
        hint="The customer reads this. Amount and customer stay as they were issued; for others cancel, and issue a new link."
      />
    </ActDialog>
  );
}
