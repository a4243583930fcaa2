import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Badge } from '@/app/_components/badge';
import { buttonClass } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import { staffCtx } from '@/app/_server/staff';
import { PCI_KEEPERS } from '@/core/pci';
import { type Evidence, readEvidence } from '@/lib/evidence';
import { NoPermission } from '../../_parts/no-permission';
import { Facts } from '../money/_parts/facts';
import { PageHead } from '../money/_parts/page-head';
import { Table } from '../money/_parts/table';
import { Print } from './print';

export const metadata: Metadata = { title: 'Evidence' };

export default async function EvidencePage() {
  const { ctx, session } = await staffCtx();
  const read = await readEvidence(ctx);
  if (!read.ok) return <NoPermission what="seeing the evidence" />;
  const evidence = read.value;
  const zone = session.merchant.timeZone;
  return (
    <>
      <PageHead title="Evidence">
        <p>
          For your PCI DSS assessor: what holds for card data here, as it is now. The card process receives
          card numbers, so this installation belongs to SAQ D, not to SAQ A.
        </p>
        <p>
          <Time at={evidence.madeAt} zone={zone} style="full" /> · {evidence.mode} mode
        </p>
      </PageHead>
      <p className="mb-5 flex flex-wrap gap-2 print:hidden">
        <Print />
        <a href="/api/staff/evidence" download="evidence.json" className={buttonClass('secondary')}>
          Download as JSON
        </a>
      </p>
      <div className="space-y-5">
        <Requirements evidence={evidence} />
        <Scripts evidence={evidence} />
        <Pages evidence={evidence} zone={zone} />
        <Card id="policy" title="Settings in force">
          <List entries={Object.entries(evidence.policy)} />
        </Card>
        <Card id="versions" title="Versions">
          <List entries={Object.entries(evidence.versions)} />
        </Card>
      </div>
    </>
  );
}

const Mono = ({ children }: { children: ReactNode }) => (
  <span className="font-mono text-xs break-all">{children}</span>
);

const List = ({ entries }: { entries: [string, string][] }) => (
  <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
    {entries.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="text-muted">{name}</dt>
        <dd className="max-sm:mb-2 wrap-anywhere">{value}</dd>
      </div>
    ))}
  </dl>
);

const Requirements = ({ evidence }: { evidence: Evidence }) => (
  <section aria-labelledby="requirements">
    <h2 id="requirements" className="mb-3 text-base font-semibold">
      PCI DSS 4.0.1, requirement by requirement
    </h2>
    <Table
      label="Requirements"
      columns={['Requirement', 'Kept by', 'Asks', 'How it holds', 'Proved by']}
      rows={evidence.requirements.map(({ id, asks, how, proof, keeper }) => ({
        key: id,
        cells: [
          <span key="id" className="font-medium">
            {id}
          </span>,
          PCI_KEEPERS[keeper],
          <span key="asks">{asks}</span>,
          <span key="how">{how}</span>,
          proof ? (
            <span key="proof" className="font-mono text-xs whitespace-nowrap">
              {proof}
            </span>
          ) : (
            '–'
          ),
        ],
      }))}
    />
  </section>
);

const Scripts = ({ evidence }: { evidence: Evidence }) => (
  <Card id="scripts" title="Scripts around the card">
    <ul className="space-y-4">
      {evidence.scripts.map(({ name, owner, reason, sha256, where }) => (
        <li key={name}>
          <h3 className="font-medium">{name}</h3>
          <Facts
            rows={[
              ['Where', where],
              ['Why', reason],
              ['Owner', owner],
              ['SHA-256', <Mono key="hash">{sha256}</Mono>],
            ]}
          />
        </li>
      ))}
    </ul>
  </Card>
);

const RESULTS: Record<string, string> = {
  as_signed: 'As you have signed it',
  differs: 'Differs from what you have signed',
  not_looked: 'Nobody could look',
};

const Pages = ({ evidence: { pages, pageCheck }, zone }: { evidence: Evidence; zone: string }) => (
  <Card id="pages" title="Pages as they are served">
    <div className="mb-4 space-y-2">
      {pageCheck ? (
        <>
          <p className="flex flex-wrap items-center gap-2">
            Last hourly look: <Time at={pageCheck.lookedAt} zone={zone} style="long" />
            <Badge tone={pageCheck.result === 'as_signed' ? 'ok' : 'bad'}>
              {RESULTS[pageCheck.result] ?? pageCheck.result}
            </Badge>
          </p>
          <ul className="list-disc ps-5 empty:hidden">
            {pageCheck.findings.map((finding) => (
              <li key={finding} className="wrap-anywhere">
                {finding}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>Nobody looks at the payer’s page each hour yet: sign it with “npm run verify:page”.</p>
      )}
    </div>
    <ul className="space-y-4">
      {pages.map(({ name, status, headers }) => (
        <li key={name}>
          <h3 className="font-medium break-words">{name}</h3>
          {headers ? (
            <div className="mt-1 font-mono text-xs">
              <List entries={[['status', String(status)], ...Object.entries(headers)]} />
            </div>
          ) : (
            <p className="text-muted">It could not be asked from the portal.</p>
          )}
        </li>
      ))}
    </ul>
  </Card>
);
