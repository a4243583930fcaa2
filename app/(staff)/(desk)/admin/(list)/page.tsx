import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { withPeriod } from '@/core/link-period';
import { ok } from '@/core/outcome';
import { listBulkActs } from '@/lib/bulk-acts';
import { COUNTED_LINKS, countPaymentLinks, listDeskLinks, listFilterChoices } from '@/lib/payment-links';
import { readNeeds } from '@/lib/reconciliation';
import { readListViews } from '@/lib/saved-views';
import { filterFrom } from './filter';
import { LinksDesk } from './links-desk';

export const metadata: Metadata = { title: 'Payment links' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LinksPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const filter = filterFrom(await searchParams);
  const [first, counts, needs, acts, choices, views] = await Promise.all([
    listDeskLinks(ctx, withPeriod(filter, session.timeZone)),
    countPaymentLinks(ctx),
    readNeeds(ctx),
    listBulkActs(ctx),
    listFilterChoices(ctx),
    readListViews(ctx),
  ]);
  return (
    <LinksDesk
      filter={filter}
      first={first.ok ? ok(JSON.stringify(first.value)) : first}
      counts={counts.ok ? counts.value : null}
      countedTo={COUNTED_LINKS}
      needs={needs.ok ? needs.value : null}
      acts={acts.ok ? acts.value : []}
      choices={choices.ok ? choices.value : { makers: [], profiles: [] }}
      views={views.ok ? views.value : null}
      role={session.user.role}
      zone={session.timeZone}
      look={session.look}
    />
  );
}
