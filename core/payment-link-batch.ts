import type { Transitions } from './transitions';

/** `receiving` is never told: nobody knows of a batch before its answer. */
export const BATCH_STATES = ['receiving', 'checking', 'issuing', 'completed', 'refused'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const BATCH_TRANSITIONS: Transitions<BatchState> = {
  receiving: ['checking', 'issuing'],
  checking: ['issuing', 'refused'],
  issuing: ['completed'],
  completed: [],
  refused: [],
};
/** What a job must see to its end. */
export const OPEN_BATCH_STATES = ['checking', 'issuing'] as const satisfies readonly BatchState[];
/** What the API tells. */
export const BATCH_STATUSES = [...OPEN_BATCH_STATES, 'completed', 'refused'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** What wrong rows do: `list` issues the others, `refuse` issues none. */
export const BATCH_RULES = ['list', 'refuse'] as const;
export type BatchRule = (typeof BATCH_RULES)[number];

export const BATCH_FORMATS = ['json', 'csv'] as const;
export type BatchFormat = (typeof BATCH_FORMATS)[number];

export const BATCH_LIMITS = { rows: 100_000, bytes: 64 * 2 ** 20, rowCharacters: 65_536 } as const;
