import { ROLES, type Role } from '@/core/permissions';
import { askApp, askStepUp, liveSession } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { PASSWORD, type Person } from '../house';
import { must } from '../links';
import { asPerson, codeOf, giveApp, giveKey, giveView, newKey, signedIn, viewNamed } from '../people';
import { action, EVERYBODY_ON_STAFF, type Row, row, staff } from '../rows';
import type { Cell } from '../things';

const ALL = staff(EVERYBODY_ON_STAFF);
const VERIFIED = staff(EVERYBODY_ON_STAFF, 'verified');

/** Whose account it is; for one who has none, the owner's. */
const personOf = ({ actor }: Cell): Person =>
  actor === 'agent off' || (ROLES as readonly string[]).includes(actor) ? (actor as Person) : 'owner';
const selfOf = (cell: Cell): Ctx => {
  const person = personOf(cell);
  const role = person === 'agent off' ? 'agent' : (person as Role);
  return asPerson(cell.house.ours, cell.house.ours.people[person], role);
};
/** Their own passkey where they are let in, else somebody else's. */
const keyOf = async (cell: Cell): Promise<string> =>
  cell.isFresh ? (await giveKey(selfOf(cell))).id : (await cell.one('passkey')).id;
const withApp = async (cell: Cell): Promise<unknown[]> => {
  if (cell.isFresh) await giveApp(selfOf(cell));
  return [];
};

/** A passkey proves who they are, for the session that asked. */
async function proof(cell: Cell) {
  const key = cell.isFresh ? await giveKey(selfOf(cell)) : null;
  const { id, cookie } = await signedIn(cell.house, personOf(cell));
  const session = await liveSession(cell.house.ours.owner, id, true);
  if (!session) throw new Error('the session is over');
  const { options, state } = must(await askStepUp(cell.house.ours.owner, session));
  const args = [{ state, response: key?.sign(options) ?? { id: 'none' } }];
  return { args, ...(key && { headers: { cookie } }) };
}

const SECURITY: Row[] = [
  action('account/security/actions askNewApp', VERIFIED, () => []),
  action('account/security/actions saveApp', VERIFIED, async (cell) => {
    const { secret, state } = must(await askApp(selfOf(cell)));
    return [{ state, code: codeOf(secret) }];
  }),
  action('account/security/actions dropApp', VERIFIED, withApp),
  action('account/security/actions askNewKey', VERIFIED, () => []),
  action('account/security/actions saveKey', VERIFIED, async (cell) => [(await newKey(selfOf(cell))).made]),
  action('account/security/actions nameKey', VERIFIED, async (cell) => [await keyOf(cell), 'Another word']),
  action('account/security/actions dropKey', VERIFIED, async (cell) => [await keyOf(cell)]),
  action('account/security/actions newCodes', VERIFIED, withApp),
];

const PROOF: Row[] = [
  action('_parts/proof-actions waysToProve', ALL, () => []),
  action('_parts/proof-actions askProof', ALL, () => []),
  row('action _parts/proof-actions provePasskey', ALL, proof, { isGuarded: true }),
];

/** Their own view where they are let in, else somebody else's. */
const viewOf = async (cell: Cell): Promise<string> =>
  cell.isFresh ? (await giveView(selfOf(cell))).id : (await cell.one('savedView')).id;

const LIST: Row[] = [
  action('admin/actions setLook', ALL, () => [{ hidden: ['created'], dense: true, keys: false }]),
  action('admin/actions keepView', ALL, () => [viewNamed()]),
  action('admin/actions editView', ALL, async (cell) => [await viewOf(cell), { filter: {} }]),
  action('admin/actions dropView', ALL, async (cell) => [await viewOf(cell)]),
];

/** What ends sessions comes last, and what holds for one person at a time. */
const OWN: Row[] = [
  action('account/actions setTimeZone', ALL, () => ['Europe/Oslo']),
  action('account/actions endSession', ALL, async (cell) => [
    cell.isFresh ? (await signedIn(cell.house, personOf(cell))).id : (await cell.one('staffSession')).id,
  ]),
  action('account/actions setPassword', ALL, () => [{ current: PASSWORD, password: PASSWORD }], {
    isSpent: true,
    isAlone: true,
  }),
  action('account/actions endOtherSessions', ALL, () => [], { isSpent: true, isAlone: true }),
];

export const ACCOUNT: Row[] = [...PROOF, ...SECURITY, ...LIST, ...OWN];
