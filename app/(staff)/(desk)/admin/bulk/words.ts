import { countOf } from '@/app/_components/format';
import type { BulkAct } from '@/lib/contracts/bulk-acts';
import { linksText } from '../import/words';

/** What an act does, to how many. */
export const bulkText = ({ act, links, channel }: BulkAct): string =>
  act === 'cancel'
    ? `Cancel ${linksText(links)}`
    : `Send ${linksText(links)} again by ${channel === 'sms' ? 'SMS' : 'e-mail'}`;

/** How it stands. */
export function bulkStateText({ state, startsInSeconds, left }: BulkAct): string {
  switch (state) {
    case 'waiting':
      return startsInSeconds ? `Begins in ${startsInSeconds} s` : 'Begins now';
    case 'running':
      return 'Under way';
    case 'undone':
      return 'Undone: nothing was done';
    case 'stopped':
      return 'Stopped';
    default:
      return left > 0 ? 'Done, some were left' : 'Done';
  }
}

/** How far it is. */
export function progressText({ act, links, done, left, endedAt }: BulkAct): string {
  const parts = [`${linksText(done)} ${act === 'cancel' ? 'canceled' : 'sent'}`];
  if (left > 0) parts.push(`${countOf(left)} left as ${left === 1 ? 'it was' : 'they were'}`);
  const rest = links - done - left;
  if (rest > 0) parts.push(endedAt ? `${countOf(rest)} not touched` : `${countOf(rest)} to go`);
  return parts.join(', ');
}
