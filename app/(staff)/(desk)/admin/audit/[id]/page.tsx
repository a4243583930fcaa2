import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import { staffCtx } from '@/app/_server/staff';
import { actText } from '@/core/audit-acts';
import { readAuditEntry } from '@/lib/audit';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { Facts } from '../../money/_parts/facts';
import { addressOf, placeOf } from '../filter';

export const metadata: Metadata = { title: 'Audit entry' };

type Props = { params: Promise<{ id: string }> };
const LINK = 'break-all text-accent underline underline-offset-2';

export default async function AuditEntryPage({ params }: Props) {
  const { ctx, session } = await staffCtx();
  const found = await readAuditEntry(ctx, (await params).id);
  if (!found.ok && found.error.code === 'not_found') notFound();
  if (!found.ok) return <NoPermission what="seeing the audit log" />;
  const { actor, action, subject, data, at, address, requestId, id } = found.value;
  const place = placeOf(subject);
  return (
    <>
      <BackLink href="/admin/audit" label="Audit log" />
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">{actText(action)}</h1>
      <div className="space-y-5">
        <Card id="facts" title="Entry">
          <Facts
            rows={[
              ['When', <Time key="at" at={at} zone={session.merchant.timeZone} style="full" />],
              ['Who', actor.name],
              [
                'On',
                place ? (
                  <Link key="on" href={place} className={LINK}>
                    {subject}
                  </Link>
                ) : (
                  subject
                ),
              ],
              ['From', address ?? 'Not known: nobody asked for it over the network'],
              ['Act', action],
              ['Request id', requestId],
              ['Entry id', id],
            ]}
          />
          <p className="mt-4">
            <Link href={addressOf({ subject })} prefetch={false} className={LINK}>
              All that was done to it
            </Link>
          </p>
        </Card>
        {Object.keys(data).length > 0 && (
          <Card id="data" title="What was noted">
            <Noted data={data} />
          </Card>
        )}
      </div>
    </>
  );
}

const text = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** What was changed is told as before and after; other data as it was kept. */
const Noted = ({ data }: { data: Record<string, unknown> }) => (
  <dl className="space-y-3">
    {Object.entries(data).map(([name, value]) => (
      <div key={name}>
        <dt className="text-sm text-muted">{name}</dt>
        <dd className="font-mono text-xs break-all whitespace-pre-wrap">
          {isChange(value) ? (
            <>
              before: {text(value.from)}
              <br />
              after: {text(value.to)}
            </>
          ) : (
            text(value)
          )}
        </dd>
      </div>
    ))}
  </dl>
);
