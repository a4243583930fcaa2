import { roundCookie, waitingCookie } from '@/lib/auth';
import { claimsOf, DOMAIN } from '../provider';
import { action, BROWSERS, EVERYBODY_ON_STAFF, type More, open, type Row, row, staff } from '../rows';
import type { Cell, Thing } from '../things';

const formOf = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
/** What an authenticator said; a made-up one says nothing. */
const said = (answer: string): unknown => (answer.startsWith('{') ? JSON.parse(answer) : { id: answer });

type Waits = 'waiting' | 'settingUp' | 'setUp';
const cookieOf = ({ house }: Cell, waiting: string): string =>
  `${waitingCookie(house.ours.owner.config.portalUrl).name}=${waiting}`;

/** An act of a browser whose sign-in waits. */
const step = <K extends Waits>(name: string, kind: K, args: (held: Thing<K>) => unknown[] = () => []): Row =>
  row(
    `action sign-in/second-step/actions ${name}`,
    BROWSERS,
    async (cell) => {
      const held = await cell.one(kind);
      return { args: args(held), cookie: cookieOf(cell, held.waiting) };
    },
    { isGuarded: true, reach: 'any', isSpent: true },
  );

const NO_APP = { error: null, codes: null };
const SECOND_STEP: Row[] = [
  open('page /sign-in/second-step', async (cell) => ({
    cookie: cookieOf(cell, (await cell.one('waiting')).waiting),
  })),
  step('enterCodeAction', 'waiting', ({ code }) => [{ error: null }, formOf({ code })]),
  step('askPasskeyStep', 'waiting'),
  step('usePasskeyStep', 'waiting', ({ state, answer }) => [{ state, response: said(answer) }]),
  step('setUpAppAction', 'settingUp', ({ state, code }) => [NO_APP, formOf({ state, code })]),
  step('askFirstPasskey', 'settingUp'),
  step('addFirstPasskey', 'settingUp', ({ keyState, answer }) => [
    { name: 'key', state: keyState, response: said(answer) },
  ]),
  step('finishAction', 'setUp', () => [formOf({})]),
];

const spent: More = { isSpent: true, reach: 'any' };
const PASSKEYS: Row[] = [
  action('sign-in/actions askForPasskey', BROWSERS, () => []),
  action(
    'sign-in/actions usePasskey',
    BROWSERS,
    async (cell) => {
      const { state, answer } = await cell.one('passkeySignIn');
      return [{ state, response: said(answer) }];
    },
    spent,
  ),
  action('forgot-password/actions forgotAction', BROWSERS, () => [
    { email: '' },
    formOf({ email: 'spare@alder.example' }),
  ]),
];

const SINGLE_SIGN_ON: Row[] = [
  action('sign-in/single-sign-on/actions findProvider', BROWSERS, () => [
    { email: '', start: null, error: null },
    formOf({ email: `somebody@${DOMAIN}` }),
  ]),
  open('GET /api/auth/sso/start', () => ({ path: `/api/auth/sso/start?domain=${DOMAIN}` })),
  open(
    'GET /api/auth/sso/callback',
    async (cell) => {
      const { state, browser, nonce } = await cell.one('round');
      const { provider, ours } = cell.house;
      provider.claims = claimsOf(nonce, ours.mark);
      const { name } = roundCookie(ours.owner.config.portalUrl);
      return { path: `/api/auth/sso/callback?code=code&state=${state}`, cookie: `${name}=${browser}` };
    },
    { ...spent, isAlone: true },
  ),
  row('GET /api/auth/sso/step-up', staff(EVERYBODY_ON_STAFF), () => ({})),
];

export const SIGN_IN: Row[] = [...SECOND_STEP, ...PASSKEYS, ...SINGLE_SIGN_ON];
