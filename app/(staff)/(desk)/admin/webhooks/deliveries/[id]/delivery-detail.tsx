'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { Time } from '@/app/_components/time';
import type { WebhookDeliveryDetail, WebhookTry } from '@/lib/contracts/webhook-deliveries';
import { LIVE_MS, readJson } from '../../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../../_parts/live-state';
import { DeliveryBadge } from '../../_parts/words';
import { Redeliver } from './redeliver';

type Props = { first: WebhookDeliveryDetail; zone: string; mayAct: boolean };

/** One delivery with every request and answer, live until it has ended: the more tries there were, the rarer the next is. */
export function DeliveryDetail({ first, zone, mayAct }: Props) {
  const { data: delivery, error } = useQuery({
    queryKey: ['webhooks', 'delivery', first.id],
    queryFn: ({ signal }) =>
      readJson<WebhookDeliveryDetail>(`/api/staff/webhooks/deliveries/${first.id}`, signal),
    initialData: first,
    refetchInterval: ({ state: { data } }) => !data?.endedAt && LIVE_MS * (1 + (data?.tries ?? 0)),
  });
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-all">{delivery.eventType}</h1>
          <span aria-live="polite">
            <DeliveryBadge state={delivery.state} />
          </span>
        </div>
        <LiveDot error={error} />
      </div>
      <p className="mb-5 text-muted break-all">
        To{' '}
        <Link
          href={`/admin/webhooks/${delivery.webhookEndpoint}`}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          {delivery.url}
        </Link>
        {delivery.nextTryAt && (
          <>
            {' '}
            · next try <Time at={delivery.nextTryAt} zone={zone} style="full" />
          </>
        )}
      </p>
      <div className="space-y-5">
        <ReadProblem error={error} />
        {mayAct && <Redeliver event={delivery.event} endpoint={delivery.webhookEndpoint} />}
        <Card id="body" title="What every try sends">
          <Code label="Body of the request" text={delivery.body} />
        </Card>
        {delivery.attempts.length === 0 && <p className="text-muted">It was not tried yet.</p>}
        {delivery.attempts.toReversed().map((one) => (
          <Try key={one.number} one={one} zone={zone} />
        ))}
      </div>
    </>
  );
}

const textOf = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

const Try = ({ one, zone }: { one: WebhookTry; zone: string }) => (
  <Card id={`try-${one.number}`} title={`Try ${one.number}`}>
    <p>
      {one.response ? `Answered ${one.response.status}` : 'No answer'} after {countOf(one.durationMs)} ms,{' '}
      <Time at={one.at} zone={zone} style="full" />
      {one.error && ` (${one.error})`}
    </p>
    {one.request && <Code label="Headers of the request" text={textOf(one.request.headers)} />}
    {one.response && <Code label="Headers of the answer" text={textOf(one.response.headers)} />}
    {one.response?.body && <Code label="Body of the answer" text={one.response.body} />}
  </Card>
);

const Code = ({ label, text }: { label: string; text: string }) => (
  <figure className="mt-3">
    <figcaption className="text-sm text-muted">{label}</figcaption>
    <pre className="mt-1 rounded-lg bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
      {text}
    </pre>
  </figure>
);
