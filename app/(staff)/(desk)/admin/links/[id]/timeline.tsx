import { cx } from '@/app/_components/cx';
import type { TimeStyle } from '@/app/_components/format';
import { Time } from '@/app/_components/time';
import type { TimelineEvent } from '@/lib/payment-links';
import { detailInWords, eventInWords } from '../../../_words/events';

const DOTS = { ok: 'bg-ok', bad: 'bg-bad', warn: 'bg-warn', plain: 'bg-line-strong' };

/** A change of state alone repeats what the entry beside it says. */
const isNews = (event: TimelineEvent): boolean =>
  event.type !== 'payment_link.updated' || event.detail !== null;

type Props = { events: TimelineEvent[]; zone: string; style?: TimeStyle };

/** Everything in its order, newest first: what, who, when. */
export function Timeline({ events, zone, style = 'full' }: Props) {
  const news = events.filter(isNews).toReversed();
  return (
    <ol className="relative">
      {news.map((event, index) => {
        const { sentence, tone } = eventInWords(event.type);
        const detail = event.detail === event.actor ? null : detailInWords(event.detail);
        return (
          <li key={event.id} className="relative flex gap-4 pb-5 last:pb-0">
            <span aria-hidden="true" className="flex flex-col items-center">
              <span className={cx('mt-[0.45rem] size-2.5 shrink-0 rounded-full', DOTS[tone])} />
              {index < news.length - 1 && <span className="mt-1.5 -mb-5 w-px flex-1 bg-line" />}
            </span>
            <div className="min-w-0 flex-1">
              <p className="break-words">
                <span className="font-medium">{sentence}</span>
                {detail && <span className="text-muted"> · {detail}</span>}
              </p>
              <p className="text-sm text-muted">
                <Time at={event.at} zone={zone} style={style} /> · {event.actor}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
