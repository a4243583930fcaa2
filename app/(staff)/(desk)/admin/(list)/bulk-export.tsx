'use client';
import { ExportDialog } from '../../_parts/export-dialog';
import { askForLinkExport } from '../bulk/actions';
import { linksText } from '../import/words';
import type { Which } from './bulk-dialog';
import { queryOf } from './filter';

const FILE = '/api/staff/payment-links/export';

/** Links of the list as a file. */
export const ExportLinks = ({
  open,
  which,
  onClose,
}: {
  open: boolean;
  which: Which;
  onClose: () => void;
}) => (
  <ExportDialog
    open={open}
    onClose={onClose}
    title={'links' in which ? `Export ${linksText(which.links.length)}?` : 'Export all that match?'}
    ask={askForLinkExport}
    fetchFile={() => fetchFile(which)}
  >
    A CSV file with every detail of{' '}
    {'links' in which ? 'the links you chose' : 'the links that your filter fits'}. It holds names and
    addresses of customers. That you took it is noted in the audit log.
  </ExportDialog>
);

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
