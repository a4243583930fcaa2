import { randomBytes } from 'node:crypto';
import { type Role, SCOPES } from '@/core/permissions';
import { insertApiKey } from '@/db/queries/api-keys';
import {
  countMerchants,
  insertGatewayAccount,
  insertMerchant,
  insertProfile,
  insertUser,
} from '@/db/queries/installation';
import { insertOAuthClient } from '@/db/queries/oauth';
import { insertTelephonyAccount } from '@/db/queries/telephony-accounts';
import { newApiKey, newClientSecret } from '../api-clients/secrets';
import { hashPassword } from '../auth/password';
import { type Ctx, configFrom, type Services } from '../context';
import { openDatabase } from '../database';
import type { SetupEnv } from '../env';
import { sealGatewaySecret, sealNotificationSecret } from '../gateways';
import { newId } from '../ids';
import { createLogger } from '../log';
import { sealTelephonySecrets } from '../telephony';
import { prepareWebhookEndpoint } from '../webhooks';
import { ensureCallbackEndpoint } from '../webhooks/callback';
import { connectCrm, connectOwnWords } from './demo-crm';
import { doWithin } from './within';

type SignIn = { email: string; password: string };

/** What the first start tells: sign-ins, API key, OAuth client and the webhook endpoint of the demo merchant. */
export type FirstRun = {
  owner: SignIn;
  admin: SignIn;
  agent: SignIn & { agentId: string };
  viewer: SignIn;
  apiKey: string;
  oauth: { clientId: string; clientSecret: string };
  webhookEndpoint: { id: string; url: string; secret: string };
  otherMerchant: { apiKey: string };
};

const PEOPLE: Record<Role, string> = {
  owner: 'Olive Owner',
  admin: 'Adam Admin',
  agent: 'Agnes Agent',
  viewer: 'Victor Viewer',
};

/** Makes the demo merchant on an empty installation, in one transaction; null when there is a merchant already. */
export async function createDemoInstallation(env: SetupEnv): Promise<FirstRun | null> {
  const connection = openDatabase(env, 2);
  const services: Services = {
    db: connection.db,
    config: configFrom(env),
    log: createLogger('setup', env.LOG_LEVEL),
  };
  try {
    return await connection.db.transaction(async (tx) => {
      if ((await countMerchants(tx)) > 0) return null;
      const ctx: Ctx = {
        ...services,
        merchantId: await insertMerchant(tx, {
          name: 'Juniper Outfitters',
          contactEmail: 'help@juniper.example',
          contactPhone: '+44 20 7946 0321',
          timeZone: 'Europe/London',
        }),
        actor: { kind: 'user', id: 'setup', name: 'First start', role: 'owner', verified: true },
        requestId: 'first-start',
        tx,
      };
      const people = await makeStaff(ctx);
      await connectCrm(ctx, env, await makeProfile(ctx, env));
      await connectTelephone(ctx, env);
      await connectOwnWords(ctx, env, await makeProfile(ctx, env, LATER));
      const receiver = {
        url: env.RECEIVER_URL,
        description: 'Sandbox receiver',
        secret: env.SANDBOX_RECEIVER_SECRET,
      };
      const { id, secret } = await doWithin(ctx, (outer) => prepareWebhookEndpoint(outer, receiver));
      return {
        ...people,
        apiKey: await makeApiKey(ctx),
        oauth: await makeOAuthClient(ctx),
        webhookEndpoint: { id, url: env.RECEIVER_URL, secret },
        otherMerchant: { apiKey: await makeOtherMerchant(ctx, env) },
      };
    });
  } finally {
    await connection.close();
  }
}

const database = (ctx: Ctx) => ctx.tx ?? ctx.db;

async function makeStaff(ctx: Ctx) {
  const make = async (role: Role) => {
    const id = newId('user');
    const email = `${role}@juniper.example`;
    const password = randomBytes(15).toString('base64url');
    await insertUser(database(ctx), {
      merchantId: ctx.merchantId,
      id,
      email,
      name: PEOPLE[role],
      role,
      passwordHash: await hashPassword(password),
    });
    return { email, password, id };
  };
  const [owner, admin, agent, viewer] = [
    await make('owner'),
    await make('admin'),
    await make('agent'),
    await make('viewer'),
  ];
  const signIn = ({ email, password }: SignIn): SignIn => ({ email, password });
  return {
    owner: signIn(owner),
    admin: signIn(admin),
    agent: { ...signIn(agent), agentId: agent.id },
    viewer: signIn(viewer),
  };
}

/** The two ways in which money is taken: at once, or held until somebody takes it. */
const STANDARD = { name: 'standard', captureAtOnce: true, moto: true };
const LATER = { name: 'take later', captureAtOnce: false, moto: true };

/** The sandbox's receivers verify callbacks too: they are signed with the secret that they hold. */
async function makeProfile(ctx: Ctx, env: SetupEnv, kind: typeof STANDARD = STANDARD): Promise<string> {
  const { merchantId, config } = ctx;
  const [id, gatewayAccountId] = [newId('profile'), newId('gatewayAccount')];
  await insertGatewayAccount(database(ctx), {
    merchantId,
    id: gatewayAccountId,
    profileId: id,
    gateway: 'sandbox',
    gatewayUrl: `${env.SANDBOX_URL}/gateway`,
    gatewaySecret: sealGatewaySecret(config, merchantId, id, env.SANDBOX_GATEWAY_KEY),
    notificationSecret: sealNotificationSecret(config, merchantId, id, env.SANDBOX_GATEWAY_WEBHOOK_SECRET),
  });
  await insertProfile(database(ctx), {
    merchantId,
    id,
    ...kind,
    isDefault: kind === STANDARD,
    gatewayAccountId,
  });
  await ensureCallbackEndpoint(ctx, database(ctx), id, env.SANDBOX_RECEIVER_SECRET);
  return id;
}

/** The sandbox's telephone: the calls of agents are there. */
async function connectTelephone(ctx: Ctx, env: SetupEnv): Promise<void> {
  const account = { merchantId: ctx.merchantId, id: newId('telephonyAccount') };
  const plain = { secret: env.SANDBOX_TELEPHONY_KEY, notificationSecret: env.SANDBOX_TELEPHONY_SECRET };
  await insertTelephonyAccount(database(ctx), {
    ...account,
    kind: 'sandbox',
    url: `${env.SANDBOX_URL}/telephony`,
    ...sealTelephonySecrets(ctx.config, account, plain),
  });
}

async function makeApiKey(ctx: Ctx): Promise<string> {
  const { key, prefix, hash } = newApiKey(false);
  await insertApiKey(database(ctx), {
    merchantId: ctx.merchantId,
    id: newId('apiKey'),
    name: 'Demo key',
    prefix,
    hash,
    scopes: [...SCOPES],
  });
  return key;
}

async function makeOAuthClient(ctx: Ctx): Promise<FirstRun['oauth']> {
  const { secret, hash } = newClientSecret();
  const id = newId('oauthClient');
  await insertOAuthClient(database(ctx), {
    merchantId: ctx.merchantId,
    id,
    name: 'Demo client',
    secretHash: hash,
    scopes: [...SCOPES],
  });
  return { clientId: id, clientSecret: secret };
}

/** A second merchant, so that separation can be tried: it must never see the first one's objects. */
async function makeOtherMerchant(ctx: Ctx, env: SetupEnv): Promise<string> {
  const merchantId = await insertMerchant(database(ctx), {
    name: 'Cedar Clinic',
    contactEmail: 'desk@cedar.example',
    timeZone: 'Europe/Berlin',
  });
  const other = { ...ctx, merchantId };
  await makeProfile(other, env);
  return makeApiKey(other);
}
