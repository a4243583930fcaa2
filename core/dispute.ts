import type { Transitions } from './transitions';

export const DISPUTE_STATES = ['open', 'won', 'lost'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** A dispute is opened and closed by the gateway alone. An open or lost one holds money back; a won one returns it. */
export const DISPUTE_TRANSITIONS: Transitions<DisputeState> = {
  open: ['won', 'lost'],
  won: [],
  lost: [],
};
