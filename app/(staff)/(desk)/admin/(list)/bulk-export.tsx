'use client';
import { ActDialog } from '../../_parts/act-dialog';
import { askForLinkExport } from '../bulk/actions';
import { linksText } from '../import/words';
import { confirmIdentity } from '../links/[id]/actions';
import type { Which } from './bulk-dialog';
import { queryOf } from './filter';

const FILE = '/api/staff/payment-links/export';

/** Asks before a file of links is taken away. */
export function ExportDialog({ open, which, onClose }: { open: boolean; which: Which; onClose: () => void }) {
  const submit = async () => {
    const may = await askForLinkExport();
    if (may.ok) fetchFile(which);
    return may;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={'links' in which ? `Export ${linksText(which.links.length)}?` : 'Export all that match?'}
      label="Export"
      working="Asking…"
      done="The file is on its way."
      queryKey={['export']}
      confirm={confirmIdentity}
      onSubmit={submit}
    >
      <p className="text-muted">
        A CSV file with every detail of{' '}
        {'links' in which ? 'the links you chose' : 'the links that your filter fits'}. It holds names and
        addresses of customers. That you took it is noted in the audit log.
      </p>
    </ActDialog>
  );
}

function fetchFile(which: Which): void {
  if ('links' in which) postForm(FILE, { links: which.links.join(',') });
  else window.location.assign(`${FILE}?${queryOf(which.filter)}`);
}

/** Links that were chosen one by one are too many for an address. */
function postForm(action: string, fields: Record<string, string>): void {
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action, hidden: true });
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement('input'), { name, value }));
  document.body.append(form);
  form.submit();
  form.remove();
}
