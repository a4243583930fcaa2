import { cx } from '@/app/_components/cx';
import type { LinkHistory } from '@/lib/payment-links';
import { type Situation, situationOf } from '../../../_words/situation';

const LOOKS: Record<Situation['tone'], string> = {
  ok: 'border-ok/40 bg-ok-soft text-ok',
  info: 'border-info/40 bg-info-soft text-info',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  bad: 'border-bad/40 bg-bad-soft text-bad',
  plain: 'border-line bg-surface',
};

/** How the link stands, in words; what changes is said by screen readers, without losing the place. */
export function Standing({ history, zone }: { history: LinkHistory; zone: string }) {
  return (
    <div role="status" aria-label="How it stands" className="space-y-3 empty:hidden">
      {situationOf(history, zone).map(({ tone, title, text }) => (
        <div key={title} className={cx('rounded-lg border px-4 py-3', LOOKS[tone])}>
          <p className="font-semibold">{title}</p>
          <p className={cx('mt-0.5', tone === 'plain' && 'text-muted')}>{text}</p>
        </div>
      ))}
    </div>
  );
}
