/** How a row of the matrix is written. */
import { type Permission, ROLES, type Role } from '@/core/permissions';
import { ACTORS, type Actor, type Signs } from './actors';
import type { Cell } from './things';

/** What is sent: one body, or none; the arguments of a server action. */
export type Sent = {
  path?: string;
  json?: unknown;
  form?: Record<string, string>;
  text?: string;
  args?: unknown[];
  headers?: Record<string, string>;
  cookie?: string;
  /** The origin of the page that sends it, where it is not the portal's. */
  site?: string;
};
export type Row = {
  way: string;
  may: ReadonlySet<Actor>;
  send: (cell: Cell) => Sent | Promise<Sent>;
  /** The code of what is let in and goes no further; else it must succeed. */
  stopsAt: string | null;
  scope: Permission | null;
  signs: Signs | null;
  /** Sent by a browser that brings something along: another page must not have it sent. */
  isGuarded: boolean;
  isPayers: boolean;
  /** Who has what the call holds out. */
  holders: readonly Actor[];
  /** Whose things may be named: only the own ones; anybody's that there are; or anything, which is told nobody. */
  reach: 'own' | 'any' | 'all';
  /** The code with which those who are let in are told that there is no such thing, where it is not `not found`. */
  misses: string;
  /** What the actor has in hands is used up. */
  isSpent: boolean;
  /** Is about the whole merchant, so that two at once would be in each other's way. */
  isAlone: boolean;
};
export type More = Partial<
  Pick<
    Row,
    'stopsAt' | 'scope' | 'signs' | 'isGuarded' | 'reach' | 'misses' | 'isSpent' | 'isAlone' | 'holders'
  >
>;

/** Staff, by role. `verified`: only who has just proved who they are. `button`: not an agent whose button is off. */
export const staff = (roles: string, ...terms: ('verified' | 'button')[]): Actor[] =>
  roles.split(' ').flatMap((role): Actor[] => {
    if (!(ROLES as readonly string[]).includes(role)) throw new Error(`${role} is no role`);
    if (role === 'owner' && !terms.includes('verified')) return ['owner', 'owner later'];
    return role === 'agent' && !terms.includes('button') ? ['agent', 'agent off'] : [role as Role];
  });
export const EVERYBODY_ON_STAFF = 'owner admin agent viewer';
export const EVERYBODY: readonly Actor[] = ACTORS.filter((one) => !one.endsWith('origin'));

/** All whose calls come from a page of ours. */
export const BROWSERS: readonly Actor[] = [
  ...(['anonymous', 'payer', 'desk', 'session'] as const),
  ...staff(EVERYBODY_ON_STAFF),
];
/** All who show no token beside what they send. */
export const BARE: readonly Actor[] = EVERYBODY.filter(
  (one) => !['payer', 'key', 'key without', 'desk', 'session'].includes(one),
);

export const row = (way: string, may: readonly Actor[], send: Row['send'], more: More = {}): Row => ({
  way,
  may: new Set(may),
  send,
  stopsAt: null,
  scope: null,
  signs: null,
  isGuarded: false,
  isPayers: false,
  holders: [],
  reach: 'own',
  misses: 'not found',
  isSpent: false,
  isAlone: false,
  ...more,
});

/** Open to all. */
export const open = (way: string, send: Row['send'] = () => ({}), more: More = {}): Row =>
  row(way, EVERYBODY, send, { reach: 'any', ...more });
/** A page of staff, or what its scripts read. */
export const desk = (way: string, roles: string, send: Row['send'] = () => ({}), more: More = {}): Row =>
  row(way, staff(roles), send, more);
/** A server action; its arguments. */
export const action = (
  way: string,
  may: readonly Actor[],
  args: (cell: Cell) => unknown[] | Promise<unknown[]>,
  more: More = {},
): Row =>
  row(`action ${way}`, may, async (cell) => ({ args: await args(cell) }), { isGuarded: true, ...more });
/** A call of the API with a scope. */
export const api = (way: string, scope: Permission, send: Row['send'] = () => ({}), more: More = {}): Row => {
  const [method, path] = way.split(' ');
  return row(`${method} /api/v1${path}`, ['key'], send, { scope, ...more });
};
/** An act or a file behind a link's token. */
export const payers = (way: string, send: Row['send'], more: More = {}): Row => {
  const [method, path] = way.split(' ');
  const guarded = {
    isGuarded: method === 'POST',
    holders: ['payer', 'no origin', 'foreign origin'] as const,
  };
  return {
    ...row(`${method} /pay/[token]${path}`, ['payer'], send, { ...guarded, ...more }),
    isPayers: true,
  };
};
