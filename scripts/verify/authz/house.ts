/** One installation with two merchants who share nothing: what is tried on the one must be nobody's at the other. */
import type postgres from 'postgres';
import { ROLES, type Role } from '@/core/permissions';
import { connect } from '@/db/client';
import { insertGatewayAccount, insertMerchant, insertProfile, insertUser } from '@/db/queries/installation';
import { insertTelephonyAccount } from '@/db/queries/telephony-accounts';
import { hashPassword } from '@/lib/auth/password';
import type { Ctx } from '@/lib/context';
import { sealGatewaySecret, sealNotificationSecret } from '@/lib/gateways';
import { newId } from '@/lib/ids';
import { type TestProvider, testProvider } from '@/lib/single-sign-on/testing';
import { sealTelephonySecrets } from '@/lib/telephony';
import { newWebhookSecret } from '@/lib/webhooks/sign';
import { type Installation, install } from '@/scripts/bench/installation';
import type { Plan } from '@/scripts/launcher/processes';
import { signOnAt } from './provider';

export type Person = Role | 'agent off' | 'spare';
export type Merchant = {
  /** Stands in all that is made for this merchant, so that a leak is seen. */
  mark: string;
  owner: Ctx;
  /** By role; `agent off`: an agent whose payment button is switched off; `spare`: a viewer who is nobody's actor. */
  people: Record<Person, string>;
  /** The default profile, and one whose money is held until somebody takes it. */
  profile: string;
  later: string;
  telephony: string;
  gatewaySecret: string;
  telephonySecret: string;
};
export type House = {
  installation: Installation;
  plan: Plan;
  sql: postgres.Sql;
  provider: TestProvider;
  ours: Merchant;
  theirs: Merchant;
};

/** A password that everybody here has. */
export const PASSWORD = 'a long password of everybody here';
/** With what the counts of portal and worker are read. */
export const METRICS_TOKEN = 'whoever watches this installation';

async function makeMerchant(
  house: Pick<House, 'plan'>,
  base: Ctx,
  name: string,
  mark: string,
): Promise<Merchant> {
  const { db, config } = base;
  const { sandbox } = house.plan.config.urls;
  const merchantId = await insertMerchant(db, { name, contactEmail: `help@${name}.example` });
  const passwordHash = await hashPassword(PASSWORD);
  const people = {} as Record<Person, string>;
  for (const person of [...ROLES, 'agent off', 'spare'] as const) {
    people[person] = newId('user');
    const email = `${person.replace(' ', '-')}@${name}.example`;
    const role = person === 'agent off' ? 'agent' : person === 'spare' ? 'viewer' : person;
    const rest = { name: `${name} ${person}`, role, passwordHash, buttonEnabled: person !== 'agent off' };
    await insertUser(db, { merchantId, id: people[person], email, ...rest });
  }
  const [gatewaySecret, telephonySecret] = [newWebhookSecret(), newWebhookSecret()];
  const profileOf = async (called: string, captureAtOnce: boolean): Promise<string> => {
    const [id, account] = [newId('profile'), newId('gatewayAccount')];
    await insertGatewayAccount(db, {
      merchantId,
      id: account,
      profileId: id,
      gateway: 'sandbox',
      gatewayUrl: `${sandbox}/gateway`,
      gatewaySecret: sealGatewaySecret(config, merchantId, id, house.plan.secrets.SANDBOX_GATEWAY_KEY),
      notificationSecret: sealNotificationSecret(config, merchantId, id, gatewaySecret),
    });
    const rest = {
      name: called,
      captureAtOnce,
      moto: true,
      isDefault: captureAtOnce,
      gatewayAccountId: account,
    };
    await insertProfile(db, { merchantId, id, vccCompatible: captureAtOnce, ...rest });
    return id;
  };
  const [profile, later] = [
    await profileOf(`${name} standard`, true),
    await profileOf(`${name} later`, false),
  ];
  const account = { merchantId, id: newId('telephonyAccount') };
  const secrets = { secret: house.plan.secrets.SANDBOX_TELEPHONY_KEY, notificationSecret: telephonySecret };
  const sealed = sealTelephonySecrets(config, account, secrets);
  await insertTelephonyAccount(db, { ...account, kind: 'sandbox', url: `${sandbox}/telephony`, ...sealed });
  const actor = {
    kind: 'user',
    id: people.owner,
    name: `${name} owner`,
    role: 'owner',
    verified: true,
  } as const;
  const telephony = account.id;
  return {
    mark,
    owner: { ...base, merchantId, actor },
    people,
    profile,
    later,
    telephony,
    gatewaySecret,
    telephonySecret,
  };
}

type Around = Parameters<typeof install>[0];

/** Starts what is built below `root`, without the worker: nothing changes there by itself. */
export async function openHouse(around: Around): Promise<House> {
  const provider = await testProvider();
  around.onClose(provider.close);
  // Each call comes from an address of its own, as behind a proxy.
  const given = { TRUSTED_PROXY_HOPS: '1', METRICS_TOKEN };
  Object.assign(process.env, given);
  const installation = await install(around, ['sandbox', 'card', 'portal'], [provider.issuer]).finally(() => {
    for (const name of Object.keys(given)) delete process.env[name];
  });
  const { plan, owner } = installation;
  const admin = new URL(plan.databaseUrl);
  Object.assign(admin, { username: 'postgres', password: plan.secrets.POSTGRES_PASSWORD });
  const { sql, close } = connect(admin.href, { max: 4 });
  around.onClose(close);
  const [ours, theirs] = [
    await makeMerchant({ plan }, owner, 'alder', 'zebra'),
    await makeMerchant({ plan }, owner, 'walrus', 'walrus'),
  ];
  await signOnAt(ours, provider);
  return { installation, plan, sql, provider, ours, theirs };
}
