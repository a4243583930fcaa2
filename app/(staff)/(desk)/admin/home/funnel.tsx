import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { STAGES, type Stage } from '@/core/figures';
import type { Home } from '@/lib/contracts/home';
import { lastedText } from '../money/_parts/words';

const STAGE_WORDS: Record<Stage, { label: string; what: string }> = {
  issued: { label: 'Issued', what: 'A link was made.' },
  sent: {
    label: 'Sent',
    what: 'Its first SMS or e-mail went out. Links that you hand over yourselves are not in it.',
  },
  delivered: {
    label: 'Delivered',
    what: 'The network says that an SMS reached the phone. E-mail does not tell.',
  },
  opened: { label: 'Opened', what: 'A person opened the page. Programs that look at links do not count.' },
  started: {
    label: 'Started',
    what: 'A payment was tried for the first time, by the customer or on the phone.',
  },
  paid: { label: 'Paid', what: 'All of it was paid.' },
};

/** How far links came in the period, and how long payers took. Each stage counts the links that first got there in these days. */
export function Funnel({ funnel, medianSeconds }: Pick<Home, 'funnel' | 'medianSeconds'>) {
  const most = Math.max(1, ...Object.values(funnel));
  return (
    <Card id="funnel" title="From sent to paid">
      <p>
        {medianSeconds === null
          ? 'Nobody has paid in these days.'
          : `Half of the payers paid within ${lastedText(medianSeconds)} of the issue.`}
      </p>
      <dl className="mt-4 space-y-3">
        {STAGES.map((stage) => (
          <div key={stage} className="grid grid-cols-[1fr_auto] gap-x-4">
            <dt className="font-medium">{STAGE_WORDS[stage].label}</dt>
            <dd className="font-semibold tabular-nums">{countOf(funnel[stage])}</dd>
            <dd className="col-span-2 my-1">
              <svg
                aria-hidden="true"
                viewBox="0 0 100 1"
                preserveAspectRatio="none"
                className="h-2 w-full rounded-full bg-sunken"
              >
                <rect width={(funnel[stage] / most) * 100} height="1" className="fill-accent" />
              </svg>
            </dd>
            <dd className="col-span-2 text-sm text-muted">{STAGE_WORDS[stage].what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-muted">
        A link counts once at each stage, on the day it first got there. A link issued before these days may
        be paid in them.
      </p>
    </Card>
  );
}
