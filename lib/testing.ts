import { randomBytes } from 'node:crypto';
import type { Permission } from '@/core/permissions';
import { type Role, SCOPES } from '@/core/permissions';
import type { ConnectOptions } from '@/db/client';
import { insertGatewayAccount, insertMerchant, insertProfile, insertUser } from '@/db/queries/installation';
import { type TestDatabase, testDatabase } from '@/db/testing';
import type { Config, Ctx, Services } from './context';
import { sealGatewaySecret, sealNotificationSecret } from './gateways';
import { newId } from './ids';
import { newKeyRing } from './key-ring';
import { createLogger } from './log';

/** A configuration with fresh keys. `sandboxUrl` is where a test's stub of the outside world listens. */
export const testConfig = (sandboxUrl = 'http://127.0.0.1:9'): Config => ({
  mode: 'demo',
  portalUrl: 'http://localhost:3000',
  payOrigins: ['http://pay.localhost:3000'],
  cardUrl: 'http://localhost:3001',
  /** The sandbox calls itself so. */
  challengeOrigins: [sandboxUrl.replace('127.0.0.1', 'localhost')],
  linkTokenKeys: { signing: 1, byId: new Map([[1, randomBytes(32)]]) },
  dataKey: newKeyRing(),
  egressAllow: [sandboxUrl],
});

export type TestHouse = {
  database: TestDatabase;
  services: Services;
  /** The act of a member of staff, an API client or the system at a fresh merchant. */
  as: (who: Role | 'api' | 'payer' | 'system', scopes?: Permission[]) => Ctx;
  merchantId: number;
  /** A second merchant's owner. */
  stranger: Ctx;
  close: () => Promise<void>;
};

/** A database of its own with two merchants, each with a profile on the sandbox gateway. */
export async function testHouse(options: ConnectOptions & Partial<TestGateway> = {}): Promise<TestHouse> {
  const database = await testDatabase(options);
  const gateway: TestGateway = { ...NO_GATEWAY, ...options };
  const { sandboxUrl } = gateway;
  const services: Services = {
    db: database.db,
    config: testConfig(sandboxUrl),
    log: createLogger('test', 'silent'),
  };
  const merchantId = await makeMerchant(services, 'Juniper Outfitters', gateway);
  const otherId = await makeMerchant(services, 'Cedar Clinic', gateway);
  const users = new Map<string, string>();
  for (const role of ['owner', 'admin', 'agent', 'viewer'] as const) {
    const id = newId('user');
    users.set(role, id);
    await insertUser(services.db, {
      merchantId,
      id,
      email: `${role}@juniper.example`,
      name: `Test ${role}`,
      role,
      passwordHash: 'none',
    });
  }
  const base = { ...services, merchantId, requestId: 'req_test' };
  const as: TestHouse['as'] = (who, scopes = SCOPES) => {
    if (who === 'payer' || who === 'system') return { ...base, actor: { kind: who } };
    if (who === 'api')
      return { ...base, actor: { kind: 'api_client', id: newId('apiKey'), name: 'Key', scopes } };
    return {
      ...base,
      actor: { kind: 'user', id: users.get(who) ?? '', name: `Test ${who}`, role: who, verified: true },
    };
  };
  const stranger: Ctx = {
    ...base,
    merchantId: otherId,
    actor: { kind: 'user', id: newId('user'), name: 'Stranger', role: 'owner', verified: true },
  };
  return { database, services, as, merchantId, stranger, close: database.close };
}

/** Where the gateway of both profiles is, with which key, and which secrets sign its notifications. */
export type TestGateway = { sandboxUrl: string; gatewayKey: string; notificationSecrets: string | null };
const NO_GATEWAY: TestGateway = {
  sandboxUrl: 'http://127.0.0.1:9',
  gatewayKey: 'test-gateway-key',
  notificationSecrets: null,
};

async function makeMerchant(services: Services, name: string, gateway: TestGateway): Promise<number> {
  const { sandboxUrl, gatewayKey, notificationSecrets } = gateway;
  const merchantId = await insertMerchant(services.db, { name, contactEmail: 'help@juniper.example' });
  const [id, gatewayAccountId] = [newId('profile'), newId('gatewayAccount')];
  await insertGatewayAccount(services.db, {
    merchantId,
    id: gatewayAccountId,
    profileId: id,
    gateway: 'sandbox',
    gatewayUrl: `${sandboxUrl}/gateway`,
    gatewaySecret: sealGatewaySecret(services.config, merchantId, id, gatewayKey),
    notificationSecret:
      notificationSecrets && sealNotificationSecret(services.config, merchantId, id, notificationSecrets),
  });
  await insertProfile(services.db, { merchantId, id, name: 'standard', isDefault: true, gatewayAccountId });
  return merchantId;
}
