import { Secret, TOTP } from 'otpauth';
import type { Outcome } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { findUserByEmail } from '@/db/queries/merchants';
import {
  authenticatorApps,
  factorFailures,
  passkeys,
  pendingSignIns,
  recoveryCodes,
  sessions,
} from '@/db/schema';
import { setClock } from '@/db/testing';
import type { Ctx, Services } from '../../context';
import { testHouse } from '../../testing';
import { addApp, addPasskey, askApp, askOwnPasskey, enterCode, liveSession, signIn } from '..';
import { hashPassword } from '../password';
import { softwarePasskey } from '../testing';

export const PASSWORD = 'a long enough password';
export const FROM = { address: '192.0.2.1', requestId: 'req_test' };

export const got = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
};
export const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.error.code);

/** A house whose people sign in with a password and second factors, and what they do. */
export async function factorHouse() {
  const house = await testHouse();
  const passwordHash = await hashPassword(PASSWORD);
  await house.database.sql`update users set password_hash = ${passwordHash}`;
  const production: Services = {
    ...house.services,
    config: { ...house.services.config, mode: 'production' },
  };
  const owner = await findUserByEmail(house.services.db, 'owner@juniper.example');
  if (!owner) throw new Error('no owner');
  /** Nobody has a factor, and nothing waits. */
  const clear = async () => {
    await setClock(house.services.db, 0);
    const tables = [authenticatorApps, passkeys, recoveryCodes, pendingSignIns, factorFailures, sessions];
    for (const table of tables) await house.services.db.delete(table);
  };
  const enter = (services = house.services, role = 'owner') =>
    signIn(services, { email: `${role}@juniper.example`, password: PASSWORD, ...FROM });
  async function waiting(services = house.services, role = 'owner'): Promise<string> {
    const value = got(await enter(services, role));
    if (!('waiting' in value)) throw new Error('it does not wait');
    return value.waiting;
  }
  const codeAt = async (secret: string, steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: (await readNow(house.services.db)).getTime() + steps * 30_000,
    });
  /** Sets an app up by the code of the step before, so that the one of now is still to be used. */
  async function withApp(ctx: Ctx = house.as('owner')) {
    const { secret, state } = got(await askApp(ctx));
    const added = got(await addApp(ctx, { state, code: await codeAt(secret, -1) }));
    return { secret, codes: added.recoveryCodes ?? [] };
  }
  async function withPasskey(ctx: Ctx = house.as('owner'), made = {}) {
    const passkey = softwarePasskey(ctx.config.portalUrl, made);
    const { options, state } = got(await askOwnPasskey(ctx));
    const added = await addPasskey(ctx, { name: 'Key', state, response: passkey.make(options) });
    return { passkey, added };
  }
  const give = async (secret: string, code: string, from = FROM, services = house.services) =>
    enterCode(services, { secret, code, ...from });
  const live = (session: string, services = house.services) => liveSession(services, session, true);
  const session = async (outcome: Outcome<{ session: string }>) => {
    const found = await live(got(outcome).session);
    if (!found) throw new Error('no session');
    return found;
  };
  return {
    house,
    production,
    owner,
    clear,
    enter,
    waiting,
    codeAt,
    withApp,
    withPasskey,
    give,
    live,
    session,
  };
}
