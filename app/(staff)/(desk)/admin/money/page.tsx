import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { readNeeds } from '@/lib/reconciliation';
import { PageHead } from './_parts/page-head';
import { Refused } from './_parts/refused';
import { Overview } from './overview';

export const metadata: Metadata = { title: 'Money' };

export default async function MoneyPage() {
  const { ctx } = await staffCtx();
  const needs = await readNeeds(ctx);
  if (!needs.ok) return <Refused error={needs.error} />;
  return (
    <>
      <PageHead title="What needs you">
        <p>What of the money cannot be settled without a person. The rest settles itself.</p>
      </PageHead>
      <Overview first={needs.value} />
    </>
  );
}
