import type { ReactNode } from 'react';
import { staffCtx } from '@/app/_server/staff';
import { readNeeds } from '@/lib/reconciliation';
import { MoneyNav } from './_parts/money-nav';

/** Stands around every page of the money. Each page asks for itself whether it may be shown; agents have one of them. */
export default async function MoneyLayout({ children }: { children: ReactNode }) {
  const { ctx } = await staffCtx();
  const needs = await readNeeds(ctx);
  return (
    <>
      {needs.ok && <MoneyNav needs={needs.value} />}
      {children}
    </>
  );
}
