import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '@/core/permissions';
import { insertUser } from '@/db/queries/installation';
import { setClock } from '@/db/testing';
import { agentCtxFromBearer, exchangeAgentToken, issueAgentLaunch } from '../agent-tokens';
import { liveSession, setPassword, signIn } from '../auth';
import { hashPassword } from '../auth/password';
import { sessionOf } from '../auth/testing';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { recordMessageOutcome } from '../messages';
import { deliverLetters, secretIn } from '../staff-letters/testing';
import { type TestHouse, testHouse } from '../testing';
import {
  changeRole,
  disableUser,
  enableUser,
  inviteUser,
  listTeam,
  resendInvitation,
  signOutUser,
  switchButton,
  withdrawInvitation,
} from '.';

const PASSWORD = 'glass otter under nine stairs';
const FROM = { address: '192.0.2.9', requestId: 'req_test' };
let house: TestHouse;
let passwordHash: string;
beforeAll(async () => {
  house = await testHouse();
  passwordHash = await hashPassword(PASSWORD);
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

let made = 0;
/** Somebody of this test alone, at work, and their own acts. */
async function person(role: Role, merchantId = house.merchantId) {
  const id = newId('user');
  const email = `p${++made}@juniper.example`;
  await insertUser(house.services.db, { merchantId, id, email, name: `Person ${made}`, role, passwordHash });
  const owner = house.as('owner');
  const ctx: Ctx = { ...owner, merchantId, actor: { kind: 'user', id, name: email, role, verified: true } };
  return { id, email, ctx };
}
async function invite(ctx: Ctx, role: Role = 'agent', email = `i${++made}@juniper.example`) {
  const invited = await inviteUser(ctx, { name: 'Ida New', email, role });
  if (!invited.ok) throw new Error(invited.error.message);
  const [letter] = await deliverLetters(house);
  if (!letter) throw new Error('no letter');
  return { id: invited.value.id, email, letter, secret: secretIn(letter) };
}
const join = (secret: string) => setPassword(house.services, { secret, password: PASSWORD, ...FROM });
const enter = (email: string) => signIn(house.services, { email, password: PASSWORD, ...FROM });
const newSession = async (email: string) => sessionOf(await enter(email));
const live = (session: string) => liveSession(house.services, session, false);
const memberOf = async (ctx: Ctx, text: string) => {
  const team = await listTeam(ctx, { text });
  if (!team.ok) throw new Error(team.error.message);
  return team.value.members[0];
};
const forbidden = { error: { code: 'forbidden' } };

test('an invitation is a letter with a link that signs nobody in until a password is set, once', async () => {
  const owner = house.as('owner');
  const { id, email, letter, secret } = await invite(owner, 'viewer');
  expect(letter).toMatchObject({ to: email, subject: 'Join Juniper Outfitters on Counterfoil' });
  expect(await memberOf(owner, email)).toMatchObject({
    state: 'invited',
    invitation: { letter: 'sent', isOver: false },
  });
  expect(await enter(email)).toMatchObject({ error: { code: 'unauthenticated' } });
  const five = await Promise.all(Array.from({ length: 5 }, () => join(secret)));
  expect(five.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await memberOf(owner, email)).toMatchObject({ state: 'active', role: 'viewer', invitation: null });
  expect(await live(await newSession(email))).toMatchObject({ user: { id, role: 'viewer' } });
  const audited = await house.database.sql`
    select action from audit_entries where subject = ${id} order by at, id`;
  expect(audited.map(({ action }) => action)).toEqual(['user.invite', 'user.set_password', 'sign_in']);
});

test('an invitation ends after 72 hours, with a newer letter, and when it is taken back; a letter that came back is told', async () => {
  const owner = house.as('owner');
  const { id, email, secret } = await invite(owner);
  await setClock(house.services.db, 72 * 3600 + 5);
  expect(await join(secret)).toMatchObject({ error: { code: 'not_found' } });
  expect(await memberOf(owner, email)).toMatchObject({ invitation: { isOver: true } });
  expect(await resendInvitation(owner, id)).toMatchObject({ ok: true });
  const [again] = await deliverLetters(house, { kind: 'rejected', reason: 'the mail server refused it' });
  expect(await memberOf(owner, email)).toMatchObject({
    invitation: { isOver: false, letter: 'failed', failure: 'the mail server refused it' },
  });
  const report = { id: 'r', message: again?.reference, status: 'bounced', reason: 'no such mailbox' };
  expect(await recordMessageOutcome(house.services, 'req_test', report)).toMatchObject({ ok: true });
  expect(await memberOf(owner, email)).toMatchObject({ invitation: { failure: 'no such mailbox' } });
  expect(await withdrawInvitation(owner, id)).toMatchObject({ ok: true });
  expect(again && (await join(secretIn(again)))).toMatchObject({ error: { code: 'not_found' } });
  expect(await memberOf(owner, email)).toBeUndefined();
  const { id: joined, secret: used } = await invite(owner);
  await join(used);
  expect(await withdrawInvitation(owner, joined)).toMatchObject({ error: { code: 'conflict' } });
});

test('an invitation that is withdrawn before its letter went sends none', async () => {
  const owner = house.as('owner');
  const invited = await inviteUser(owner, { name: 'Ida', email: 'late@juniper.example', role: 'agent' });
  if (invited.ok) await withdrawInvitation(owner, invited.value.id);
  expect(await deliverLetters(house)).toEqual([]);
});

test('who has the address at another merchant is told apart by nobody but whoever opens the link', async () => {
  const theirs = await person('owner', house.stranger.merchantId);
  const { secret } = await invite(house.as('owner'), 'agent', theirs.email.toUpperCase());
  expect(await join(secret)).toMatchObject({ error: { code: 'conflict' } });
  expect(await live(await newSession(theirs.email))).toMatchObject({ user: { id: theirs.id } });
  const twice = await inviteUser(house.as('owner'), { name: 'X', email: theirs.email, role: 'agent' });
  expect(twice).toMatchObject({ error: { errors: [{ path: 'email', message: 'is on your team already' }] } });
});

test('of two merchants that invited one address, the one whose link is opened first has the person', async () => {
  const other = await person('owner', house.stranger.merchantId);
  const { email, secret } = await invite(house.as('owner'));
  const elsewhere = await invite(other.ctx, 'agent', email);
  const both = await Promise.allSettled([join(secret), join(elsewhere.secret)]);
  expect(both.filter((one) => one.status === 'fulfilled' && one.value.ok)).toHaveLength(1);
});

test('agents, viewers and machines see and change nobody; admins change agents and viewers alone; nobody themselves', async () => {
  const [agent, owner] = [await person('agent'), await person('owner')];
  for (const who of ['agent', 'viewer', 'api'] as const) {
    expect(await listTeam(house.as(who))).toMatchObject(forbidden);
    expect(await inviteUser(house.as(who), {})).toMatchObject(forbidden);
    for (const act of [disableUser, enableUser, resendInvitation, withdrawInvitation, signOutUser])
      expect(await act(house.as(who), agent.id)).toMatchObject(forbidden);
    expect(await switchButton(house.as(who), agent.id, false)).toMatchObject(forbidden);
    expect(await changeRole(house.as(who), agent.id, { role: 'viewer' })).toMatchObject(forbidden);
  }
  const admin = await person('admin');
  expect(await changeRole(admin.ctx, agent.id, { role: 'viewer' })).toMatchObject({ ok: true });
  expect(await changeRole(admin.ctx, agent.id, { role: 'admin' })).toMatchObject(forbidden);
  for (const above of [owner, await person('admin')]) {
    expect(await changeRole(admin.ctx, above.id, { role: 'viewer' })).toMatchObject(forbidden);
    expect(await disableUser(admin.ctx, above.id)).toMatchObject(forbidden);
    expect(await signOutUser(admin.ctx, above.id)).toMatchObject(forbidden);
  }
  const wanted = { name: 'A', email: 'a@juniper.example', role: 'admin' };
  expect(await inviteUser(admin.ctx, wanted)).toMatchObject(forbidden);
  expect(await changeRole(owner.ctx, owner.id, { role: 'admin' })).toMatchObject(forbidden);
  expect(await disableUser(owner.ctx, owner.id)).toMatchObject(forbidden);
});

test('of another merchant, nobody is seen or changed', async () => {
  const [other, agent] = [await person('owner', house.stranger.merchantId), await person('agent')];
  const { id } = await invite(house.as('owner'));
  const gone = { error: { code: 'not_found' } };
  for (const act of [disableUser, enableUser, signOutUser])
    expect(await act(other.ctx, agent.id)).toMatchObject(gone);
  for (const act of [resendInvitation, withdrawInvitation])
    expect(await act(other.ctx, id)).toMatchObject(gone);
  expect(await changeRole(other.ctx, agent.id, { role: 'owner' })).toMatchObject(gone);
  expect(await switchButton(other.ctx, agent.id, false)).toMatchObject(gone);
  expect(await memberOf(other.ctx, agent.email)).toBeUndefined();
});

test('what gives or takes access asks for a fresh proof', async () => {
  const { ctx } = await person('owner');
  const agent = await person('agent');
  const stale: Ctx = { ...ctx, actor: { ...ctx.actor, kind: 'user', verified: false } as Ctx['actor'] };
  const asked = { error: { code: 'step_up_required' } };
  expect(await inviteUser(stale, {})).toMatchObject(asked);
  expect(await changeRole(stale, agent.id, { role: 'owner' })).toMatchObject(asked);
  for (const act of [disableUser, enableUser, resendInvitation, withdrawInvitation])
    expect(await act(stale, agent.id)).toMatchObject(asked);
});

test('an owner is left: of two who lower or disable each other at once, one does', async () => {
  const { database, merchantId } = house;
  for (const act of [(c: Ctx, id: string) => changeRole(c, id, { role: 'viewer' }), disableUser])
    for (let round = 0; round < 3; round++) {
      await database.sql`update users set role = 'viewer' where merchant_id = ${merchantId} and role = 'owner'`;
      const [one, other] = [await person('owner'), await person('owner')];
      const both = await Promise.all([act(one.ctx, other.id), act(other.ctx, one.id)]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.find(({ ok }) => !ok)).toMatchObject(forbidden);
      const left = await database.sql`select id from users
        where merchant_id = ${merchantId} and role = 'owner' and disabled_at is null`;
      expect(left).toHaveLength(1);
    }
});

test('a new role counts from the next request on; who is disabled is out at once, with every session and desk, until let in again', async () => {
  const owner = await person('owner');
  const agent = await person('agent');
  const session = await newSession(agent.email);
  const launch = await issueAgentLaunch(house.as('api'), { agent: agent.id });
  if (!launch.ok) throw new Error(launch.error.message);
  const opened = new URL(launch.value.url).hash.slice('#launch='.length);
  const desk = await exchangeAgentToken(house.services, { launch: opened }, FROM);
  if (!desk.ok) throw new Error(desk.error.message);
  const atDesk = () => agentCtxFromBearer(house.services, desk.value.accessToken, FROM);
  expect(await atDesk()).toMatchObject({ ok: true });

  await changeRole(owner.ctx, agent.id, { role: 'viewer' });
  expect(await live(session)).toMatchObject({ user: { role: 'viewer' } });
  expect(await atDesk()).toMatchObject(forbidden);
  await changeRole(owner.ctx, agent.id, { role: 'agent' });
  await switchButton(owner.ctx, agent.id, false);
  expect(await atDesk()).toMatchObject(forbidden);
  await switchButton(owner.ctx, agent.id, true);
  expect(await atDesk()).toMatchObject({ ok: true });

  expect(await disableUser(owner.ctx, agent.id)).toMatchObject({ ok: true });
  expect(await live(session)).toBeNull();
  expect(await enter(agent.email)).toMatchObject({ error: { code: 'unauthenticated' } });
  expect(await enableUser(owner.ctx, agent.id)).toMatchObject({ ok: true });
  expect(await live(session)).toBeNull();
  expect(await atDesk()).toMatchObject({ error: { code: 'unauthenticated' } });
  const back = await newSession(agent.email);
  await signOutUser(owner.ctx, agent.id);
  expect(await live(back)).toBeNull();
  expect(await enter(agent.email)).toMatchObject({ ok: true });
});
