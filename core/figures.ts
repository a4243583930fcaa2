/** How far a link comes, in order. Each link counts once at each stage, on the day on which it first got there. */
export const STAGES = ['issued', 'sent', 'delivered', 'opened', 'started', 'paid'] as const;
export type Stage = (typeof STAGES)[number];
export type Counts = Record<Stage, number>;

/** How a link was to reach its customer. `none`: its address was handed over by people or another system. */
export const WAYS = ['sms', 'email', 'both', 'none'] as const;
export type Way = (typeof WAYS)[number];

/** How many days the home page can tell of. */
export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

export const NO_COUNTS: Counts = { issued: 0, sent: 0, delivered: 0, opened: 0, started: 0, paid: 0 };

export const addCounts = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(STAGES.map((stage) => [stage, one[stage] + other[stage]])) as Counts;

/**
 * How long payers took, as a count for each step of 5 %: days can be put together, and the middle of them all is known to
 * within half a step.
 */
export type Times = Readonly<Record<string, number>>;
export const TIMES_STEP = 1.05;

export function addTimes(all: readonly Times[]): Times {
  const sums: Record<string, number> = {};
  for (const times of all)
    for (const [step, count] of Object.entries(times)) sums[step] = (sums[step] ?? 0) + count;
  return sums;
}

/** The time in seconds that half of the payers needed at most; null where nobody paid. */
export function medianSeconds(all: readonly Times[]): number | null {
  const counts = Object.entries(addTimes(all)).map(([step, count]) => ({ step: Number(step), count }));
  const paid = counts.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { step, count } of counts.sort((one, other) => one.step - other.step)) {
    seen += count;
    if (seen * 2 >= paid) return Math.round(TIMES_STEP ** (step + 0.5));
  }
  return null;
}

/** What is still to be paid in a currency. */
export type Outstanding = { currency: string; links: number; amountMinor: number };

/** How much waits for a person, beside the money that cannot be settled without one. */
export type Waiting = {
  expiring: number;
  undelivered: number;
  declinedTwice: number;
  endpoints: number;
  batches: number;
};

/** What of a first set-up is done. */
export type Steps = {
  address: boolean;
  gateway: boolean;
  branding: boolean;
  endpoint: boolean;
  link: boolean;
};
