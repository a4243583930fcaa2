import type { Permission } from './permissions';
import type { Transitions } from './transitions';

/** What is done to many links at once, each with the permission of the single act. */
export const BULK_ACTS = ['send', 'cancel'] as const;
export type BulkActKind = (typeof BULK_ACTS)[number];
export const BULK_PERMISSIONS = {
  send: 'payment_links:send',
  cancel: 'payment_links:cancel',
} as const satisfies Record<BulkActKind, Permission>;

/** `prepared`: its links are chosen, and nobody has confirmed it. `waiting`: it can be undone whole. */
export const BULK_STATES = ['prepared', 'waiting', 'running', 'completed', 'stopped', 'undone'] as const;
export type BulkState = (typeof BULK_STATES)[number];

export const BULK_TRANSITIONS: Transitions<BulkState> = {
  prepared: ['waiting'],
  waiting: ['running', 'undone'],
  running: ['completed', 'stopped'],
  completed: [],
  stopped: [],
  undone: [],
};
/** What a job must see to its end. */
export const OPEN_BULK_STATES = ['waiting', 'running'] as const satisfies readonly BulkState[];

/** What became of each link. */
export const BULK_LINK_STATES = ['waiting', 'done', 'left'] as const;

export const BULK_LIMITS = {
  /** Links of an act, and links that are chosen one by one. */
  links: 10_000,
  chosen: 1_000,
  /** Within so many seconds it is undone before anything was done. */
  graceSeconds: 10,
  /** More are canceled only with a fresh proof of who cancels them. */
  canceledUnproved: 100,
} as const;
