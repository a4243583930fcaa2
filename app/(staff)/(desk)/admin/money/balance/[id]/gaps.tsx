import { moneyText } from '@/app/_components/format';
import type { LocatedGap } from '@/lib/contracts/reconciliation';
import { LinkRef } from '../../_parts/link-ref';
import { Table } from '../../_parts/table';
import type { WholeReport } from '../read';
import { entryOf, GAPS } from '../words';

/** Each difference: what it is, on which link, how much on either side, and what to look at. */
export const Gaps = ({ report, links }: Pick<WholeReport, 'report' | 'links'>) => (
  <Table
    label="Differences"
    columns={['Difference', 'Kind', 'Where', 'Here', 'Gateway']}
    numbers={['Here', 'Gateway']}
    rows={report.gaps.map((gap, at) => ({
      key: `${at} ${gap.kind} ${gap.reference}`,
      cells: [
        <div key="what" className="max-w-md">
          <p className="font-medium">{GAPS[gap.kind].what}</p>
          <p className="text-sm text-muted">{GAPS[gap.kind].look}</p>
        </div>,
        entryOf(gap),
        <Where key="where" gap={gap} links={links} />,
        <Amount key="here" amountMinor={gap.hereMinor} currency={report.currency} />,
        gap.kind === 'link_total' ? (
          <span key="there" className="text-muted">
            not compared
          </span>
        ) : (
          <Amount key="there" amountMinor={gap.gatewayMinor} currency={report.currency} />
        ),
      ],
    }))}
  />
);

const Where = ({ gap, links }: { gap: LocatedGap; links: WholeReport['links'] }) => (
  <div className="min-w-0 max-lg:text-end">
    {gap.paymentLink ? (
      <LinkRef id={gap.paymentLink} name={links[gap.paymentLink]} />
    ) : (
      <span className="text-muted">On no payment that is known here</span>
    )}
    {gap.reference !== gap.paymentLink && (
      <code className="block font-mono text-xs break-all text-muted">{gap.reference}</code>
    )}
  </div>
);

const Amount = ({ amountMinor, currency }: { amountMinor: number | null; currency: string }) =>
  amountMinor === null ? (
    <span className="text-muted">nothing</span>
  ) : (
    <span suppressHydrationWarning>{moneyText({ amountMinor, currency })}</span>
  );
