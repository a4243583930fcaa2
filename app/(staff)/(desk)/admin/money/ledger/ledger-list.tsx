'use client';
import { Badge } from '@/app/_components/badge';
import { moneyText } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { LEDGER_SIGN } from '@/core/ledger';
import type { LedgerEntry } from '@/lib/contracts/ledger';
import { LinkRef } from '../_parts/link-ref';
import { ListFrame } from '../_parts/list-frame';
import { Table } from '../_parts/table';
import { usePages } from '../_parts/use-pages';
import { ENTRIES } from '../_parts/words';
import type { LedgerPage } from './read';

type Props = { query: Record<string, string>; first: LedgerPage; zone: string; filtered: boolean };

/** Entries of the ledger, newest first, a page at a time; live. */
export function LedgerList({ query, first, zone, filtered }: Props) {
  const list = usePages('money/ledger', query, first);
  const links = Object.assign({}, ...list.pages.map((page) => page.links)) as LedgerPage['links'];
  const entries = list.pages.flatMap((page) => page.data);
  return (
    <ListFrame zone={zone} list={list}>
      {entries.length === 0 ? (
        <Empty title={filtered ? 'No entry matches' : 'No money has moved yet'}>
          <p>
            {filtered ? 'Choose other days, or reset the filter.' : 'The first payment stands here at once.'}
          </p>
        </Empty>
      ) : (
        <Table
          label="Ledger entries, newest first"
          columns={['Amount', 'Kind', 'Payment link', 'Reference', 'When']}
          numbers={['Amount']}
          rows={entries.map((entry) => ({
            key: entry.id,
            cells: [
              <Amount key="amount" entry={entry} />,
              <Kind key="kind" entry={entry} />,
              <div key="link" className="max-lg:text-end">
                <LinkRef id={entry.paymentLink} name={links[entry.paymentLink]} />
              </div>,
              <code key="reference" className="font-mono text-xs break-all text-muted">
                {entry.refund ?? entry.dispute ?? entry.paymentAttempt}
              </code>,
              <span key="at" className="whitespace-nowrap">
                <Time at={entry.at} zone={zone} />
              </span>,
            ],
          }))}
        />
      )}
    </ListFrame>
  );
}

const Amount = ({ entry: { kind, amountMinor, currency } }: { entry: LedgerEntry }) => (
  <span className="font-semibold" suppressHydrationWarning>
    {moneyText({ amountMinor: amountMinor * LEDGER_SIGN[kind], currency })}
  </span>
);

const Kind = ({ entry: { kind, late } }: { entry: LedgerEntry }) => (
  <span className="inline-flex flex-wrap items-center gap-x-2 max-lg:justify-end">
    {ENTRIES[kind]}
    {late && <Badge tone="warn">Late</Badge>}
  </span>
);
