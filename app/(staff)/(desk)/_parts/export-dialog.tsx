import type { ReactNode } from 'react';
import type { Outcome } from '@/core/outcome';
import { confirmIdentity } from '../admin/links/[id]/actions';
import { ActDialog } from './act-dialog';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Whether the file would be given now, or a fresh proof is needed first. */
  ask: () => Promise<Outcome<unknown>>;
  /** Has the browser fetch it. */
  fetchFile: () => void;
  /** What is in it. */
  children: ReactNode;
};

/** Asks before a file with people's data is taken away: a browser that follows an address has no way to ask for a proof. */
export function ExportDialog({ open, onClose, title, ask, fetchFile, children }: Props) {
  const submit = async () => {
    const may = await ask();
    if (may.ok) fetchFile();
    return may;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={title}
      label="Export"
      working="Asking…"
      done="The file is on its way."
      queryKey={['export']}
      confirm={confirmIdentity}
      onSubmit={submit}
    >
      <p className="text-muted">{children}</p>
    </ActDialog>
  );
}
