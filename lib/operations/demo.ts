import { randomBytes } from 'node:crypto';
import { type Role, SCOPES } from '@/core/permissions';
import {
  countMerchants,
  insertApiKey,
  insertMerchant,
  insertProfile,
  insertUser,
} from '@/db/queries/installation';
import { newApiKey } from '../api-keys/key';
import { hashPassword } from '../auth/password';
import { type Ctx, configFrom, type Services } from '../context';
import { openDatabase } from '../database';
import type { SetupEnv } from '../env';
import { sealGatewaySecret } from '../gateways';
import { newId } from '../ids';
import { createLogger } from '../log';
import { createWebhookEndpoint } from '../webhooks';

type SignIn = { email: string; password: string };

/** What the first start tells: sign-ins, the API key and the webhook endpoint of the demo merchant. */
export type FirstRun = {
  owner: SignIn;
  admin: SignIn;
  agent: SignIn & { agentId: string };
  viewer: SignIn;
  apiKey: string;
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
        actor: { kind: 'user', id: 'setup', name: 'First start', role: 'owner' },
        requestId: 'first-start',
        tx,
      };
      const people = await makeStaff(ctx);
      await makeProfile(ctx, env);
      const endpoint = await createWebhookEndpoint(ctx, {
        url: env.RECEIVER_URL,
        description: 'Sandbox receiver',
        secret: env.SANDBOX_RECEIVER_SECRET,
      });
      if (!endpoint.ok) throw new Error(endpoint.error.message);
      const { id, url, secret } = endpoint.value;
      return {
        ...people,
        apiKey: await makeApiKey(ctx),
        webhookEndpoint: { id, url, secret },
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

async function makeProfile(ctx: Ctx, env: SetupEnv): Promise<void> {
  const id = newId('profile');
  await insertProfile(database(ctx), {
    merchantId: ctx.merchantId,
    id,
    name: 'standard',
    isDefault: true,
    gateway: 'sandbox',
    gatewayUrl: `${env.SANDBOX_URL}/gateway`,
    gatewaySecret: sealGatewaySecret(ctx.config, ctx.merchantId, id, env.SANDBOX_GATEWAY_KEY),
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
