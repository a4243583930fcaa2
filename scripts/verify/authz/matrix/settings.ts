import { fresh } from '../links';
import { accountOf } from '../makers';
import { action, type Row, staff } from '../rows';
import type { Cell, Kind } from '../things';

const ADMINS = staff('owner admin');
const VERIFIED = staff('owner admin', 'verified');
const OWNER = staff('owner', 'verified');

const idOf = async (cell: Cell, kind: Kind): Promise<string> => ((await cell.one(kind)) as { id: string }).id;
const named = ({ house }: Cell): string => fresh(house.ours.mark);
const about =
  (kind: Kind, ...more: unknown[]) =>
  async (cell: Cell): Promise<unknown[]> => [await idOf(cell, kind), ...more];

const TEAM: Row[] = [
  action('admin/team/actions invite', VERIFIED, (cell) => {
    const name = named(cell);
    return [{ name, email: `${name}@people.example`, role: 'viewer' }];
  }),
  action('admin/team/actions inviteAgain', VERIFIED, about('invited')),
  action('admin/team/actions withdraw', VERIFIED, about('invited')),
  action('admin/team/actions giveRole', VERIFIED, about('member', 'agent')),
  action('admin/team/actions disable', VERIFIED, about('member')),
  action('admin/team/actions enable', VERIFIED, about('disabledMember')),
  action('admin/team/actions setButton', ADMINS, about('member', false)),
  action('admin/team/actions signOut', ADMINS, about('member')),
  action('admin/team/actions dropFactors', OWNER, about('member')),
];

const GATEWAYS: Row[] = [
  action('admin/gateways/actions testAccount', ADMINS, about('account')),
  action('admin/gateways/actions addAccount', OWNER, async (cell) => [
    accountOf(cell, await idOf(cell, 'profile')),
  ]),
  action('admin/gateways/actions replaceKey', OWNER, async (cell) => [
    { account: await idOf(cell, 'account'), apiKey: 'another-key-of-it' },
  ]),
  action('admin/gateways/actions setSecret', OWNER, async (cell) => [
    { account: await idOf(cell, 'account'), secret: 'another-secret-of-it', keepOld: false },
  ]),
  action('admin/gateways/actions switchAccount', OWNER, about('account')),
  action('admin/gateways/actions createProfile', OWNER, (cell) => {
    const { profile: _, ...account } = accountOf(cell, '');
    return [{ ...account, name: named(cell), captureAtOnce: true }];
  }),
  action('admin/gateways/actions changeBasics', ADMINS, async (cell) => [
    { profile: await idOf(cell, 'profile'), name: named(cell), enabled: false, captureAtOnce: false },
  ]),
];

const SENTENCE = { kind: 'request', locale: 'en', text: 'Thank you.' };
const REST: Row[] = [
  action('admin/templates/actions preview', ADMINS, () => [SENTENCE]),
  action(
    'admin/templates/actions save',
    ADMINS,
    async (cell) => [{ ...SENTENCE, version: Number((await cell.own('sentence')).version) }],
    { isAlone: true },
  ),
  action(
    'admin/audit/actions checkNow',
    ADMINS,
    async (cell) => {
      await cell.before('unchecked');
      return [];
    },
    { isAlone: true },
  ),
  action('admin/audit/actions askForExport', VERIFIED, () => []),
  action(
    'admin/single-sign-on/actions save',
    OWNER,
    async (cell) => [JSON.parse((await cell.own('signOn')).settings)],
    { isAlone: true },
  ),
  action('admin/single-sign-on/actions tryIt', OWNER, () => []),
];

/** Which profile is the default decides of all that comes after. */
export const DEFAULT: Row = action('admin/gateways/actions makeDefault', ADMINS, about('profile'));

export const SETTINGS: Row[] = [...TEAM, ...GATEWAYS, ...REST];
