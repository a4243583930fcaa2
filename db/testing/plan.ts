import { type SQL, sql } from 'drizzle-orm';
import type { Database, Executor } from '../client';

/** A step of a plan: what it reads, and by which index. */
export type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
};
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** The steps by which the database would answer what is asked of `tx`; nothing is done. */
export async function plansOf(db: Database, ask: (tx: Executor) => Promise<unknown>): Promise<Plan[]> {
  const nodes: Plan[] = [];
  const execute = async (query: SQL) => {
    const rows = await db.execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (format json) ${query}`);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan) nodes.push(...nodesOf(plan));
    return [];
  };
  await ask({ execute } as unknown as Executor);
  return nodes;
}
