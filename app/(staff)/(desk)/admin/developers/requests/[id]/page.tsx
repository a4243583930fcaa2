import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { staffCtx } from '@/app/_server/staff';
import { readApiRequest } from '@/lib/api-requests';
import { BackLink } from '../../../../_parts/back-link';
import { NoPermission } from '../../../../_parts/no-permission';
import { Facts } from '../../../money/_parts/facts';
import { toneOf } from '../../_parts/words';

export const metadata: Metadata = { title: 'Request' };

type Props = { params: Promise<{ id: string }> };

export default async function RequestPage({ params }: Props) {
  const { ctx, session } = await staffCtx();
  const found = await readApiRequest(ctx, (await params).id);
  if (!found.ok && found.error.code === 'not_found') notFound();
  if (!found.ok)
    return found.error.code === 'forbidden' ? (
      <NoPermission what="seeing API requests" />
    ) : (
      <Notice tone="bad">{found.error.message}</Notice>
    );
  const one = found.value;
  const { code, idempotencyKey, idempotencyReplayed } = one;
  const asked = Object.keys(one.query).length > 0;
  return (
    <>
      <BackLink href="/admin/developers/requests" label="Requests" />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-all">
          {one.method} {one.path}
        </h1>
        <Badge tone={toneOf(one.status)}>{String(one.status)}</Badge>
      </div>
      <div className="space-y-5">
        <Card id="facts" title="Request">
          <Facts
            rows={[
              ['When', <Time key="at" at={one.at} zone={session.timeZone} style="full" />],
              ['Took', `${countOf(one.durationMs)} ms`],
              ['Key or client', one.client.name],
              ['From', one.address],
              one.userAgent && ['Program', one.userAgent],
              idempotencyKey && ['Idempotency-Key', <Mono key="key">{idempotencyKey}</Mono>],
              idempotencyReplayed && ['Answered', 'As the first time, nothing was done again'],
              ['Request id', <Mono key="id">{one.id}</Mono>],
            ]}
          />
        </Card>
        {asked && (
          <Card id="query" title="What was asked for">
            <Json value={one.query} />
          </Card>
        )}
        {one.body !== null && (
          <Card id="body" title="What was sent">
            <Json value={one.body} />
          </Card>
        )}
        {code && (
          <Card id="problem" title="Why it was refused">
            <p className="mb-3">
              <a href={`/developers/problems/${code}`} className="text-accent underline underline-offset-2">
                What {code} means
              </a>
            </p>
            <Json value={one.problem} />
          </Card>
        )}
      </div>
    </>
  );
}

const Mono = ({ children }: { children: ReactNode }) => (
  <span className="font-mono text-xs break-all">{children}</span>
);

const Json = ({ value }: { value: unknown }) => (
  <pre className="rounded-lg bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
    {JSON.stringify(value, null, 2)}
  </pre>
);
