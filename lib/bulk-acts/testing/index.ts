import { setClock } from '@/db/testing';
import type { Ctx } from '../../context';
import type { BulkAct, LeftLink } from '../../contracts/bulk-acts';
import { LinkTales } from '../../payment-links/testing';
import type { TestHouse } from '../../testing';
import { listLeftLinks, prepareBulkAct, readBulkAct, runBulkAct, startBulkAct } from '../index';

/** What is done to many links at once, as tests tell it. */
export class BulkTales extends LinkTales {
  constructor(house: () => TestHouse) {
    super(house);
  }

  /** The ids of so many new links with one reference. */
  async many(count: number, reference: string): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push((await this.issued({ reference })).id);
    return ids;
  }

  async prepared(input: object, ctx: Ctx = this.house().as('agent')): Promise<string> {
    const outcome = await prepareBulkAct(ctx, input);
    if (!outcome.ok) throw new Error(`${outcome.error.code} ${outcome.error.message}`);
    return outcome.value.id;
  }

  /** Prepared and confirmed; `links` or a `filter`. */
  async canceling(which: object): Promise<string> {
    const id = await this.prepared({ act: 'cancel', ...which });
    const outcome = await startBulkAct(this.house().as('agent'), id, { reason: 'The sale is off' });
    if (!outcome.ok) throw new Error(outcome.error.message);
    return id;
  }

  async standing(id: string): Promise<BulkAct> {
    const outcome = await readBulkAct(this.house().as('viewer'), id);
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value;
  }

  async leftOf(id: string): Promise<LeftLink[]> {
    const outcome = await listLeftLinks(this.house().as('viewer'), id, {});
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value.data;
  }

  run = (id: string, budgetMs = 5_000) =>
    runBulkAct(this.house().services, { merchantId: this.house().merchantId, id }, budgetMs);

  /** Does what the job does after the time of grace, as often as it comes. */
  async ended(id: string): Promise<BulkAct> {
    const { db } = this.house().services;
    await setClock(db, 11);
    for (let turns = 0; turns < 20; turns++) {
      await this.run(id);
      const act = await this.standing(id);
      if (act.endedAt !== null) {
        await setClock(db, 0);
        return act;
      }
    }
    throw new Error('the act does not end');
  }
}
