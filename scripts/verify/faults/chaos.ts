/** Carries plans out: many payers at once, each with the faults that wait for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house';
import type { Merchant } from './merchant';
import { type Link, Payer } from './payer';
import type { PaymentPlan, RefundPlan } from './plan';
import type { Planned, Strike } from './plan-faults';
import { PASS } from './switchboard';

/** A payment as it went, as far as its payers and its merchant saw it. */
export type Seen = { link: Link; payers: readonly Payer[]; cardNumbers: readonly string[] };

const PATIENCE_MS = 15_000;
const LATE_BY_MS = 58_500;
/** Payers who wait for their link's end keep no others waiting. */
const LATE_LANES = 20;

/** Something happens to a process or a connection. Resolves when it has; what comes back comes back by itself. */
export async function strike(house: House, one: Strike): Promise<void> {
  house.switchboard.count(`${one.strike}${'target' in one ? ` ${one.target}` : ''}`);
  switch (one.strike) {
    case 'kill': {
      const { down, up } = house.kill(one.target, one.downMs);
      up.catch((error: Error) => house.fail(error));
      return down;
    }
    case 'freeze':
      return freeze(house, one);
    case 'deploy':
      void house.exclusively(async () => {
        await house.parts[one.target].end();
        await house.parts[one.target].start();
      });
      return;
    case 'cut database':
      return house.databases[one.whose].cut();
    case 'half-open database': {
      const proxy = house.databases[one.whose];
      proxy.freeze(true);
      setTimeout(() => proxy.freeze(false), one.ms);
      return;
    }
    case 'lose commit':
      await Promise.race([house.databases[one.whose].cutCommit(one.how), sleep(20)]);
      return;
    case 'slow database':
      for (const proxy of Object.values(house.databases)) proxy.latencyMs = one.ms;
      setTimeout(() => {
        for (const proxy of Object.values(house.databases)) proxy.latencyMs = 0;
      }, one.forMs);
      return;
  }
}

async function freeze(house: House, { target, ms }: Extract<Strike, { strike: 'freeze' }>): Promise<void> {
  void house.exclusively(async () => {
    if (target === 'postgres') house.cluster.freeze(true);
    else house.parts[target].freeze();
    await sleep(ms);
    if (target === 'postgres') house.cluster.freeze(false);
    else house.parts[target].thaw();
  });
}

/** Lets a fault wait for its moment. What comes back carries a kill out that has not found it: none may be missing. */
function arm(house: House, payment: string, fault: Planned): () => Promise<void> {
  if ('act' in fault) {
    house.switchboard.arm(payment, fault.point, fault.act);
    return async () => {};
  }
  let happened = false;
  const happen = async (): Promise<void> => {
    if (happened) return;
    happened = true;
    await strike(house, fault.strike);
  };
  house.switchboard.arm(payment, fault.point, async () => {
    await happen();
    return PASS;
  });
  return fault.strike.strike === 'kill' ? happen : async () => {};
}

export const isLate = ({ habit }: PaymentPlan): boolean => habit === 'at the last second';

export class Chaos {
  readonly seen: Seen[] = [];

  constructor(
    private readonly house: House,
    private readonly merchant: Merchant,
  ) {}

  /** Runs all plans, so many at a time, until done or, with the least of them begun, told to stop; `onDone` hears of each. */
  async run(
    plans: readonly PaymentPlan[],
    options: { atOnce: number; stopAt?: number; least?: number; onDone?: (done: number) => void },
  ): Promise<void> {
    let done = 0;
    const isOver = (): boolean =>
      options.stopAt !== undefined &&
      performance.now() > options.stopAt &&
      this.seen.length >= (options.least ?? 0);
    const lanes = (queue: PaymentPlan[], count: number) =>
      Array.from({ length: count }, async () => {
        for (let plan = queue.shift(); plan; plan = queue.shift()) {
          if (isOver()) return;
          await this.carryOut(plan);
          options.onDone?.(++done);
        }
      });
    const late = plans.filter(isLate);
    const others = plans.filter((plan) => !isLate(plan));
    await Promise.all([...lanes(others, options.atOnce), ...lanes(late, LATE_LANES)]);
  }

  private async carryOut(plan: PaymentPlan): Promise<void> {
    const { house, merchant } = this;
    const link = await merchant.issue(plan.name, plan.wish);
    if (plan.unheard) house.switchboard.loseNotices(plan.name);
    const kills = plan.faults.map((fault) => arm(house, plan.name, fault));
    const payer = () =>
      new Payer(
        { portal: house.config.urls.portal, card: house.config.urls.card },
        link,
        plan.name,
        house.switchboard,
        plan.bank,
      );
    const payers = [payer(), ...(plan.habit === 'two devices' ? [payer()] : [])];
    this.seen.push({ link, payers, cardNumbers: plan.cards.map(({ number }) => number) });
    await this.act(plan, link, payers);
    const { refund } = plan;
    kills.push(...(refund?.faults ?? []).map((fault) => arm(house, plan.name, fault)));
    const isPaid = payers.some(({ told }) => told.at(-1)?.page === 'paid');
    if (refund && isPaid) await this.giveBack(plan.name, refund, link, payers);
    for (const kill of kills) await kill();
  }

  /** A refund of what was paid, by whom its plan says; its end is awaited as long as a merchant would. */
  private async giveBack(
    name: string,
    { by, amountMinor }: RefundPlan,
    link: Link,
    payers: readonly Payer[],
  ): Promise<void> {
    const part = amountMinor === null ? {} : { amountMinor };
    if (by === 'provider') {
      const told = payers.flatMap((payer) => payer.told);
      const reference = told.findLast(({ attemptState }) => attemptState === 'succeeded')?.attempt;
      if (reference) await this.house.control('POST', '/gateway/refund', { reference, ...part });
      return;
    }
    const keys = by === 'merchant' ? ['refund'] : ['refund', 'refund again'];
    const asked = await Promise.all(
      keys.map((key) => this.merchant.refund(`${name} ${key}`, { paymentLink: link.id, ...part })),
    );
    await Promise.all(
      asked.filter(({ id }) => id !== null).map((one) => this.merchant.untilDecided(one, PATIENCE_MS)),
    );
  }

  private async act(plan: PaymentPlan, link: Link, payers: Payer[]): Promise<void> {
    const [first] = payers;
    const { cards, habit } = plan;
    const [card] = cards;
    if (!first || !card) return;
    switch (habit) {
      case 'double click': {
        const ticket = await first.takeTicket();
        if (ticket) await Promise.all([first.sendCard(ticket, card), first.sendCard(ticket, card)]);
        await first.wait(ticket?.attempt, PATIENCE_MS);
        return;
      }
      case 'refresh':
        await first.takeTicket();
        return void (await first.pay(cards, PATIENCE_MS));
      case 'walks away': {
        const ticket = await first.takeTicket();
        if (ticket) void first.sendCard(ticket, card);
        return;
      }
      case 'at the last second':
        await sleep(LATE_BY_MS);
        return void (await first.pay(cards, PATIENCE_MS));
      case 'taken back':
        await Promise.all([first.pay(cards, PATIENCE_MS), this.merchant.cancel(link)]);
        return;
      default:
        await Promise.all(payers.map((payer) => payer.pay(cards, PATIENCE_MS)));
    }
  }
}
