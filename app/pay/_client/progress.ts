import type { FormProgress } from '@/core/form-progress';

const GATHER_MS = 500;

/**
 * Reports how far the card form is, for an agent who waits: twice a second at the most, one report at a time, the newest state
 * only. A report that is lost is made up for by the next.
 */
export function progressReporter(
  report: (fields: FormProgress) => Promise<unknown>,
): (fields: FormProgress) => void {
  let newest: FormProgress | null = null;
  let isBusy = false;
  const send = async () => {
    const fields = newest;
    newest = null;
    if (fields) await report(fields);
    isBusy = false;
    if (newest) gather();
  };
  const gather = () => {
    if (isBusy) return;
    isBusy = true;
    setTimeout(() => void send(), GATHER_MS);
  };
  return (fields) => {
    newest = fields;
    gather();
  };
}
