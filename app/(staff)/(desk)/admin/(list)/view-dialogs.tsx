'use client';
import { useRouter } from 'next/navigation';
import { Button } from '@/app/_components/button';
import { CheckField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import type { SavedView } from '@/lib/contracts/saved-views';
import { ActDialog } from '../../_parts/act-dialog';
import { dropView, editView, keepView } from './actions';
import type { LinkFilter } from './filter';

export type ViewDialogProps = {
  /** Null for a new one. */
  view: SavedView | null;
  /** What is on screen, and whether that is what the view shows. */
  filter: LinkFilter;
  isShown: boolean;
  mayShare: boolean;
  open: boolean;
  onClose: () => void;
  onDelete: () => void;
};

const VIEWS = ['saved-views'];

/** Names what is on screen, or changes a view: its name, what it shows, who sees it. */
export function KeepView({ view, filter, isShown, mayShare, open, onClose, onDelete }: ViewDialogProps) {
  const router = useRouter();
  const submit = async (form: FormData) => {
    const name = String(form.get('view-name') ?? '');
    const shared = form.has('shared');
    const isReplaced = form.has('replace');
    const outcome = view
      ? await editView(view.id, { name, shared, ...(isReplaced && { filter }) })
      : await keepView({ name, shared, filter });
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={view ? 'Change this view' : 'Save as a view'}
      label="Save"
      working="Saving…"
      done="The view is saved."
      queryKey={VIEWS}
      onSubmit={submit}
    >
      <TextField
        name="view-name"
        label="Name"
        required
        maxLength={60}
        autoComplete="off"
        defaultValue={view?.name}
        onInput={refuseCard}
        {...(!view && {
          hint: 'It keeps status, filter and order. Words in the search field are not kept: they may name a customer.',
        })}
      />
      {view && !isShown && <CheckField name="replace" label="Show what is on screen now" />}
      {mayShare && (
        <CheckField name="shared" label="For everybody who works here" defaultChecked={view?.shared} />
      )}
      {view && (
        <Button kind="quiet" className="-ms-4 text-bad!" onClick={onDelete}>
          Delete this view
        </Button>
      )}
    </ActDialog>
  );
}

export function DeleteView({ view, open, onClose }: ViewDialogProps) {
  const router = useRouter();
  const submit = async () => {
    const outcome = await dropView(view?.id ?? '');
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={`Delete the view “${view?.name}”?`}
      label="Delete"
      working="Deleting…"
      danger
      done="The view is deleted."
      queryKey={VIEWS}
      onSubmit={submit}
    >
      <p className="text-muted">{view?.shared ? 'It goes for everybody. ' : ''}No payment link is touched.</p>
    </ActDialog>
  );
}
