import { DEADLINE } from '@/core/deadline';

/**
 * The deadline in this device's own zone, where the customer's is not on file and this one has another time. The first format of a
 * page takes a slow telephone longer than all else that its script does: it waits until nothing else is to be done.
 */
export function tellInOwnZone(locale: string | undefined): void {
  const time = document.querySelector<HTMLTimeElement>('time[data-ahead]');
  if (!time?.dataset.text) return;
  const { ahead, text } = time.dataset;
  const at = new Date(time.dateTime);
  if (-at.getTimezoneOffset() === Number(ahead)) return;
  const tell = (): void => {
    time.textContent = text.replace('%', new Intl.DateTimeFormat(locale, DEADLINE).format(at));
  };
  if ('requestIdleCallback' in window) requestIdleCallback(tell, { timeout: 2_000 });
  else setTimeout(tell, 300);
}
