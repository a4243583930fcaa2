/** People who are nobody's actor, and what they sign in and prove themselves with. */
import { Secret, TOTP } from 'otpauth';
import type { Role } from '@/core/permissions';
import { insertUser } from '@/db/queries/installation';
import { insertSession } from '@/db/queries/merchants';
import {
  addApp,
  addPasskey,
  askApp,
  askOwnPasskey,
  askSecondStep,
  askSignIn,
  sessionCookieValue,
  settingUp,
  signIn,
  staffCookies,
} from '@/lib/auth';
import { hashPassword } from '@/lib/auth/password';
import { waitForFactor } from '@/lib/auth/second-step';
import { softwarePasskey } from '@/lib/auth/testing';
import type { Ctx } from '@/lib/context';
import { newId } from '@/lib/ids';
import { saveView } from '@/lib/saved-views';
import { disableUser, inviteUser } from '@/lib/team';
import { type House, type Merchant, PASSWORD, type Person } from './house';
import { fresh, must, type Site } from './links';

const FROM = { address: '127.0.0.1', requestId: 'made' };

/** This person of the merchant, as the verbs take one who has just proved who they are. */
export const asPerson = ({ owner }: Merchant, id: string, role: Role): Ctx => ({
  ...owner,
  actor: { kind: 'user', id, name: role, role, verified: true },
});

let hash: Promise<string> | undefined;

/** A viewer who is made anew, so that what is done to them is done to nobody else. */
async function member({ merchant: { owner, mark } }: Site) {
  const id = newId('user');
  const name = fresh(mark);
  const email = `${name}@people.example`;
  hash ??= hashPassword(PASSWORD);
  const { merchantId } = owner;
  await insertUser(owner.db, { merchantId, id, email, name, role: 'viewer', passwordHash: await hash });
  return { id, email };
}

/** What an authenticator app shows now, or so many steps of half a minute later. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Gives them an authenticator app, by the code of the step before: the one of now is still to be used. */
export async function giveApp(ctx: Ctx): Promise<string> {
  const { secret, state } = must(await askApp(ctx));
  must(await addApp(ctx, { state, code: codeOf(secret, -1) }));
  return secret;
}

/** The answer of a new passkey to what is asked of the browser of this person. */
export async function newKey(ctx: Ctx) {
  const key = softwarePasskey(ctx.config.portalUrl);
  const { options, state } = must(await askOwnPasskey(ctx));
  return { key, made: { name: 'key', state, response: key.make(options) } };
}

export async function giveKey(ctx: Ctx) {
  const { key, made } = await newKey(ctx);
  must(await addPasskey(ctx, made));
  return key;
}

/** Signs a person in; what is their session, and the cookie of it. */
export async function signedIn({ ours, plan }: House, person: Person) {
  const id = newId('session');
  const { db, merchantId, config } = ours.owner;
  const from = { address: FROM.address, userAgent: null };
  await insertSession(db, { id, merchantId, userId: ours.people[person], ...from });
  const value = await sessionCookieValue(plan.secrets.NEXTAUTH_SECRET, id);
  return { id, cookie: `${staffCookies(config.portalUrl).sessionToken.name}=${value}` };
}

/** Somebody whose sign-in waits until they have set up a first second factor. */
async function setUp(site: Site) {
  const { owner } = site.merchant;
  const { id } = await member(site);
  const waiting = await waitForFactor(owner.db, { merchantId: owner.merchantId, id });
  const { ctx, prove } = must(await settingUp(owner, { ...FROM, secret: waiting }));
  const { secret, state } = must(await askApp(ctx));
  return { ctx, prove, waiting, secret, state };
}

export const viewNamed = () => ({ name: newId('savedView'), filter: { channel: 'none' }, shared: false });
export const giveView = async (ctx: Ctx) => must(await saveView(ctx, viewNamed()));

export const PEOPLE = {
  member,
  disabledMember: async (site: Site) => {
    const made = await member(site);
    must(await disableUser(site.merchant.owner, made.id));
    return made;
  },
  invited: async ({ merchant: { owner, mark } }: Site) => {
    const name = fresh(mark);
    return must(await inviteUser(owner, { name, email: `${name}@people.example`, role: 'viewer' }));
  },
  passkey: async (site: Site) => {
    const { id } = await member(site);
    return { id: (await giveKey(asPerson(site.merchant, id, 'viewer'))).id };
  },
  savedView: async (site: Site) => {
    const { id } = await member(site);
    return giveView(asPerson(site.merchant, id, 'viewer'));
  },
  staffSession: async (site: Site) => {
    const [id, { db, merchantId }] = [newId('session'), site.merchant.owner];
    const userId = (await member(site)).id;
    await insertSession(db, { id, merchantId, userId, address: FROM.address, userAgent: null });
    return { id };
  },
  /** A sign-in that waits for its second step, and all that may end it. */
  waiting: async (site: Site) => {
    const { owner } = site.merchant;
    const { id, email } = await member(site);
    const ctx = asPerson(site.merchant, id, 'viewer');
    const [app, key] = [await giveApp(ctx), await giveKey(ctx)];
    const begun = must(await signIn(owner, { ...FROM, email, password: PASSWORD }));
    if (!('waiting' in begun)) throw new Error('the sign-in does not wait');
    const { options, state } = must(await askSecondStep(owner, begun.waiting));
    return { waiting: begun.waiting, code: codeOf(app), state, answer: JSON.stringify(key.sign(options)) };
  },
  /** The same of somebody who has no second factor yet. */
  settingUp: async (site: Site) => {
    const { ctx, waiting, secret, state } = await setUp(site);
    const { made } = await newKey(ctx);
    const answer = { keyState: made.state, answer: JSON.stringify(made.response) };
    return { waiting, state, code: codeOf(secret), ...answer };
  },
  setUp: async (site: Site) => {
    const { ctx, prove, waiting, secret, state } = await setUp(site);
    must(await addApp(ctx, { state, code: codeOf(secret) }, prove));
    return { waiting };
  },
  /** What a passkey answers that signs in alone. */
  passkeySignIn: async (site: Site) => {
    const { id } = await member(site);
    const key = await giveKey(asPerson(site.merchant, id, 'viewer'));
    const { options, state } = await askSignIn(site.merchant.owner);
    return { state, answer: JSON.stringify(key.sign(options)) };
  },
} satisfies Record<string, (site: Site) => Promise<Record<string, string>>>;
