'use client';
import Link from 'next/link';
import { countOf } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { Page } from '@/lib/contracts/common';
import type { PaymentLinkBatch } from '@/lib/contracts/payment-link-batches';
import { ListFrame } from '../money/_parts/list-frame';
import { Table } from '../money/_parts/table';
import { usePages } from '../money/_parts/use-pages';
import { rowsText, stateText } from './words';

const NONE: Record<string, string> = {};
type Props = { first: Page<PaymentLinkBatch>; zone: string };

/** Earlier imports, also those that a program asked for; live. */
export function Earlier({ first, zone }: Props) {
  const list = usePages('imports', NONE, first);
  const batches = list.pages.flatMap((page) => page.data);
  return (
    <section aria-labelledby="earlier" className="mt-8">
      <h2 id="earlier" className="mb-3 text-xl font-semibold tracking-tight">
        Earlier imports
      </h2>
      <ListFrame zone={zone} list={list}>
        {batches.length === 0 ? (
          <Empty title="Nothing was imported yet">
            <p>An import goes on when you close the page, and stands here.</p>
          </Empty>
        ) : (
          <Table
            label="Imports, newest first"
            columns={['Import', 'State', 'Links', 'Wrong', 'By', 'When']}
            numbers={['Links', 'Wrong']}
            rows={batches.map((one) => ({
              key: one.id,
              cells: [
                <Link
                  key="import"
                  href={`/admin/import/${one.id}`}
                  prefetch={false}
                  className="font-medium text-accent underline underline-offset-2"
                >
                  {rowsText(one.rows)}
                </Link>,
                stateText(one),
                countOf(one.issuedRows),
                countOf(one.refusedRows),
                one.createdBy.name,
                <Time key="at" at={one.createdAt} zone={zone} />,
              ],
            }))}
          />
        )}
      </ListFrame>
    </section>
  );
}
