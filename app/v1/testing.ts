import { SCOPES } from '@/core/permissions';
import { listAllProfiles } from '@/db/queries/merchants';
import { findPaymentSession } from '@/db/queries/payment-sessions';
import { createOAuthClient } from '@/lib/api-clients';
import { changeCompatibility, saveCompatibleWebhook, sessionOfGuid } from '@/lib/compatible';
import { ApiHouse, type ApiRoute, routeModule, routesUnder } from '../_server/testing';

export const PORTAL_URL = 'http://localhost:3000';
export const DATA = {
  FirstName: 'John',
  Surname: 'Smith',
  Street1: 'Hubska 52',
  City: 'Wroclaw',
  Postcode: '50-348',
  Country: 'GB',
  Amount: '12.40',
  Currency: 'GBP',
  CustomerPhoneNumber: '447700900123',
  MerchantReferenceCode: '0123456789098760',
  blankVariable: ' kept as it is ',
};

export type Told = { status: number; headers: Headers; json: Record<string, unknown> };
type Ask = { token?: string | null; json?: unknown; form?: Record<string, string>; headers?: object };

/** The paths of the Vonage-compatible surface. */
export const compatibleRoutes = (): ApiRoute[] =>
  routesUnder(['app/Auth', 'app/v1', 'app/agent-frame/session']);

/** The Vonage-compatible surface in this process, for a merchant whose one profile is an account configuration. */
export class CompatibleHouse {
  token = '';
  profile = '';
  client = { client_id: '', client_secret: '' };
  private readonly routes = compatibleRoutes();
  private constructor(readonly api: ApiHouse) {}

  static async open(sandboxUrl?: string): Promise<CompatibleHouse> {
    const opened = new CompatibleHouse(await ApiHouse.open(sandboxUrl === undefined ? {} : { sandboxUrl }));
    const { services, merchantId } = opened.house;
    opened.profile = (await listAllProfiles(services.db, merchantId))[0]?.id ?? '';
    await opened.set({ enabled: true, configurationId: '123' });
    opened.client = await opened.newClient();
    opened.token = String((await opened.tokenFor(opened.client)).json.access_token);
    return opened;
  }

  get house() {
    return this.api.house;
  }

  async set(more: object): Promise<void> {
    const set = await changeCompatibility(this.house.as('owner'), { profile: this.profile, ...more });
    if (!set.ok) throw new Error(set.error.message);
  }

  async webhook(more: object = {}) {
    const wish = { profile: this.profile, version: null, credentials: { kind: 'signature' }, ...more };
    const saved = await saveCompatibleWebhook(this.house.as('owner'), wish);
    if (!saved.ok) throw new Error(saved.error.message);
    return saved.value;
  }

  async newClient(scopes: readonly string[] = SCOPES) {
    const made = await createOAuthClient(this.house.as('owner'), { name: 'Order system', scopes });
    if (!made.ok) throw new Error(made.error.message);
    return { client_id: made.value.id, client_secret: made.value.clientSecret };
  }

  tokenFor = (client: object, more: object = {}): Promise<Told> =>
    this.call('POST', '/Auth/connect/token', {
      token: null,
      form: { grant_type: 'client_credentials', scope: 'globalpci', ...client, ...more },
    });

  async call(method: string, path: string, ask: Ask = {}): Promise<Told> {
    const { token = this.token, json, form, headers = {} } = ask;
    const request = new Request(new URL(path, PORTAL_URL), {
      method,
      headers: {
        'x-forwarded-for': '192.0.2.7',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: new URLSearchParams(form) }),
    });
    const pathname = new URL(request.url).pathname;
    for (const { file, pattern } of this.routes) {
      const match = pattern.exec(pathname);
      const handler = match && (await routeModule(file))[method];
      if (!handler) continue;
      const answer = await handler(request, { params: Promise.resolve({ ...match.groups }) });
      const isJson = answer.headers.get('content-type')?.includes('json');
      return { status: answer.status, headers: answer.headers, json: isJson ? await answer.json() : {} };
    }
    throw new Error(`no route for ${method} ${path}`);
  }

  begin = (kind: 'session' | 'digitalsession', more: object = {}, data: object = DATA): Promise<Told> =>
    this.call('POST', `/v1/${kind}`, { json: { agentId: 'agent1234', paymentData: data, ...more } });

  async digital(data: object = DATA) {
    const begun = await this.begin('digitalsession', {}, data);
    if (begun.status !== 201) throw new Error(JSON.stringify(begun.json));
    const guid = String(begun.json.sessionGuid);
    return { guid, tokens: begun.json, session: await this.row(guid) };
  }

  async row(guid: string) {
    const { services, merchantId } = this.house;
    const row = await findPaymentSession(services.db, { merchantId, id: sessionOfGuid(guid) ?? '' });
    if (!row) throw new Error('no such session');
    return row;
  }

  status = (guid: string, more: Ask = {}): Promise<Told> => this.call('GET', `/v1/session/${guid}`, more);
}
