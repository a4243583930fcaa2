import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DISPUTE_TRANSITIONS } from './dispute';
import {
  ATTEMPT_TRANSITIONS,
  DECIDABLE_STATES,
  DECISION_STATES,
  LATE_TRANSITIONS,
  OPEN_ATTEMPT_STATES,
} from './payment-attempt';
import {
  AMOUNT_TYPES,
  ceilingOf,
  isSettled,
  LINK_ACCESS,
  LINK_STATUSES,
  LINK_TRANSITIONS,
  nextPayment,
  type StatusFacts,
  statusOf,
  TOKEN_TRANSITIONS,
} from './payment-link';
import {
  isEnd,
  isSafeToCapture,
  mustResume,
  RECORDING_TRANSITIONS,
  SESSION_ENDS,
  SESSION_STATES,
  SESSION_TRANSITIONS,
} from './payment-session';
import { OPEN_REFUND_STATES, REFUND_TRANSITIONS } from './refund';
import { canMove, isFinal, sourcesOf, type Transitions } from './transitions';

const RUNS = { numRuns: 2_000 };
const choices = fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 });
const statesOf = <S extends string>(table: Transitions<S>): S[] => Object.keys(table) as S[];

const TABLES: Transitions<string>[] = [
  ATTEMPT_TRANSITIONS,
  REFUND_TRANSITIONS,
  DISPUTE_TRANSITIONS,
  TOKEN_TRANSITIONS,
  LINK_TRANSITIONS,
];

/** The states of one walk: at each, some way out is taken, until there is none. */
function walk<S extends string>(table: Transitions<S>, first: S, picks: readonly number[]): S[] {
  const seen = [first];
  for (const pick of picks) {
    const ways = table[seen.at(-1) ?? first];
    const next = ways[pick % Math.max(ways.length, 1)];
    if (next === undefined) break;
    seen.push(next);
  }
  return seen;
}

/** True when some way leads from each state to an end. */
const everyWayEnds = <S extends string>(table: Transitions<S>): boolean => {
  const ends = new Set(statesOf(table).filter((state) => isFinal(table, state)));
  for (let before = -1; before !== ends.size; ) {
    before = ends.size;
    for (const state of statesOf(table)) if (table[state].some((next) => ends.has(next))) ends.add(state);
  }
  return ends.size === statesOf(table).length;
};

describe('machines only advance', () => {
  test('a person decides only steps that the machine has, and "not charged" can still turn out to be money', () => {
    for (const to of Object.values(DECISION_STATES))
      for (const from of DECIDABLE_STATES) expect(canMove(ATTEMPT_TRANSITIONS, from, to)).toBe(true);
    expect(DECIDABLE_STATES).not.toContain('authorized');
    expect(LATE_TRANSITIONS[DECISION_STATES.not_charged]).toContain('succeeded');
  });

  test('no walk of an attempt, a dispute or a token comes to a state twice, and each ends', () => {
    const once = (seen: readonly string[], isOver: boolean) => {
      expect(new Set(seen).size).toBe(seen.length);
      expect(isOver).toBe(true);
    };
    fc.assert(
      fc.property(choices, (picks) => {
        const attempt = walk(ATTEMPT_TRANSITIONS, 'created', picks);
        once(attempt, isFinal(ATTEMPT_TRANSITIONS, attempt.at(-1) ?? 'created'));
        const dispute = walk(DISPUTE_TRANSITIONS, 'open', picks);
        once(dispute, isFinal(DISPUTE_TRANSITIONS, dispute.at(-1) ?? 'open'));
        const token = walk(TOKEN_TRANSITIONS, 'live', picks);
        once(token, isFinal(TOKEN_TRANSITIONS, token.at(-1) ?? 'live'));
      }),
      RUNS,
    );
  });

  test('a refund goes between pending and unknown only; once it has ended it stays so, and a canceled link as well', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const refund = walk(REFUND_TRANSITIONS, 'pending', picks);
        const open = refund.filter((state) => OPEN_REFUND_STATES.some((one) => one === state));
        expect(refund.slice(0, open.length)).toEqual(open);
        expect(refund.length - open.length).toBeLessThanOrEqual(1);
        const link = walk(LINK_TRANSITIONS, 'draft', picks);
        const end = link.indexOf('canceled');
        if (end >= 0) expect(link).toHaveLength(end + 1);
      }),
      RUNS,
    );
  });

  test('from every state there is a way to an end, and no state leads to itself', () => {
    for (const table of TABLES) {
      expect(everyWayEnds(table)).toBe(true);
      for (const state of statesOf(table)) expect(table[state]).not.toContain(state);
    }
    const trap: Transitions<'a' | 'b'> = { a: ['b'], b: ['a'] };
    expect(everyWayEnds(trap)).toBe(false);
  });

  test('what a compare-and-set asks for is what the table allows, for every pair of states', () => {
    for (const table of TABLES)
      for (const from of statesOf(table))
        for (const to of statesOf(table))
          expect([from, to, sourcesOf(table, to).includes(from)]).toEqual([
            from,
            to,
            canMove(table, from, to),
          ]);
  });

  test('an attempt that was closed is opened again by money alone, and never one that was declined or voided', () => {
    expect(Object.keys(LATE_TRANSITIONS).sort()).toEqual(['abandoned', 'failed']);
    for (const ways of Object.values(LATE_TRANSITIONS)) expect(ways).toEqual(['authorized', 'succeeded']);
    for (const state of OPEN_ATTEMPT_STATES) expect(isFinal(ATTEMPT_TRANSITIONS, state)).toBe(false);
  });
});

/** The states that some way leads to. */
function reached<S extends string>(table: Transitions<S>, first: S): Set<S> {
  const seen = new Set([first]);
  for (const state of seen) for (const next of table[state]) seen.add(next);
  return seen;
}

describe('a payment session', () => {
  const walkOf = (picks: readonly number[]) => walk(SESSION_TRANSITIONS, 'created', picks);

  test('comes to every state, and from every state to an end and to the money', () => {
    expect([...reached(SESSION_TRANSITIONS, 'created')].sort()).toEqual([...SESSION_STATES].sort());
    for (const state of SESSION_STATES) {
      const ahead = reached(SESSION_TRANSITIONS, state);
      expect([state, SESSION_ENDS.some((end) => ahead.has(end))]).toEqual([state, true]);
      expect([state, ahead.has('succeeded')]).toEqual([state, true]);
      expect(SESSION_TRANSITIONS[state]).not.toContain(state);
    }
    expect([...reached<'a' | 'b' | 'c'>({ a: ['b'], b: ['a'], c: [] }, 'a')]).toEqual(['a', 'b']);
  });

  test('never leaves success, nor a cancel but for money; another end only to begin again or for what its link does', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const seen = walkOf(picks);
        const paid = seen.indexOf('succeeded');
        if (paid >= 0) expect(seen).toHaveLength(paid + 1);
        const canceled = seen.indexOf('canceled');
        if (canceled >= 0) expect(['succeeded', undefined]).toContain(seen[canceled + 1]);
        for (const [i, state] of seen.entries())
          if (isEnd(state) && i + 1 < seen.length)
            expect(['securing', 'capturing', 'ready']).not.toContain(seen[i + 1]);
      }),
      RUNS,
    );
  });

  test('is ready only from a capture', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const seen = walkOf(picks);
        for (const [i, state] of seen.entries()) if (state === 'ready') expect(seen[i - 1]).toBe('capturing');
      }),
      RUNS,
    );
  });

  test('has its recording off only after it was asked for, and can always turn it on again', () => {
    fc.assert(
      fc.property(choices, (picks) => {
        const seen = walk(RECORDING_TRANSITIONS, 'recording', picks);
        for (const [i, state] of seen.entries())
          if (state === 'suspended') expect(seen[i - 1]).toBe('suspending');
      }),
      RUNS,
    );
    for (const state of ['suspending', 'suspended', 'resuming', 'resume_failed'] as const) {
      expect([...reached(RECORDING_TRANSITIONS, state)]).toContain('resumed');
      expect(mustResume(state)).toBe(true);
    }
    for (const state of ['recording', 'suspending', 'resuming', 'resumed', 'resume_failed', null] as const)
      expect(isSafeToCapture(state)).toBe(false);
  });
});

/** Any link that the constraints of the database allow. */
const facts: fc.Arbitrary<StatusFacts> = fc
  .record({
    amountType: fc.constantFrom(...AMOUNT_TYPES),
    amount: fc.integer({ min: 1, max: 1_000 }),
    suggests: fc.boolean(),
    access: fc.constantFrom(...LINK_ACCESS),
    expired: fc.boolean(),
    // In parts of the whole: nothing, all and what lies between come up alike.
    shares: fc.tuple(...[1, 2, 3, 4].map(() => fc.constantFrom(0, 0, 1 / 3, 1 / 2, 1))),
  })
  .map(
    ({ amountType, amount, suggests, access, expired, shares: [got = 0, held = 0, back = 0, lost = 0] }) => {
      const isOpen = amountType === 'open';
      const capturedMinor = Math.floor(amount * got);
      const refundedMinor = Math.floor(capturedMinor * back);
      return {
        amountType,
        amountMinor: !isOpen || suggests ? amount : null,
        minAmountMinor: null,
        maxAmountMinor: isOpen ? amount : null,
        capturedMinor,
        heldMinor: Math.floor((amount - capturedMinor) * held),
        refundedMinor,
        disputedMinor: Math.floor((capturedMinor - refundedMinor) * lost),
        access,
        expired,
      };
    },
  );

const MONEY_FIRST = ['paid', 'partially_refunded', 'refunded', 'disputed'];

describe('the one status of a link', () => {
  test('is always one that is known, and a settled debt says so whatever its access and clock', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...LINK_ACCESS), fc.boolean(), (link, access, expired) => {
        const status = statusOf(link);
        expect(LINK_STATUSES).toContain(status);
        if (!isSettled(link)) return;
        expect(MONEY_FIRST).toContain(status);
        expect(statusOf({ ...link, access, expired })).toBe(status);
      }),
      RUNS,
    );
  });

  test('says active only where something is owed, nothing is held and the time is not over', () => {
    fc.assert(
      fc.property(facts, (link) => {
        const status = statusOf(link);
        if (status === 'paid') expect(nextPayment(link)).toBeNull();
        if (status !== 'active') return;
        expect([link.access, link.expired, link.heldMinor, link.capturedMinor]).toEqual([
          'active',
          false,
          0,
          0,
        ]);
        expect(nextPayment(link)).not.toBeNull();
      }),
      RUNS,
    );
  });

  test('never says paid for less than was owed, nor refunded for less than was taken', () => {
    fc.assert(
      fc.property(facts, (link) => {
        const status = statusOf(link);
        const { capturedMinor: got, refundedMinor: back, disputedMinor: lost } = link;
        if (status === 'paid') expect([isSettled(link), back, lost]).toEqual([true, 0, 0]);
        if (status === 'refunded') expect([back, lost, got > 0]).toEqual([got, 0, true]);
        if (status === 'partially_refunded') expect(back > 0 && back < got && lost === 0).toBe(true);
        expect(status === 'disputed').toBe(lost > 0);
      }),
      RUNS,
    );
  });

  test('paid never goes back: no end of access, no clock and no further money undoes it', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...LINK_ACCESS), (link, access) => {
        const paid = {
          ...link,
          capturedMinor: ceilingOf(link),
          heldMinor: 0,
          refundedMinor: 0,
          disputedMinor: 0,
        };
        expect(statusOf(paid)).toBe('paid');
        expect(statusOf({ ...paid, access, expired: true })).toBe('paid');
        const given = { ...paid, refundedMinor: Math.min(1, paid.capturedMinor) };
        expect(MONEY_FIRST).toContain(statusOf({ ...given, access, expired: true }));
      }),
      RUNS,
    );
  });
});
