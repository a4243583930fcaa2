import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { type Permission, SCOPES } from '@/core/permissions';
import type { ConnectOptions } from '@/db/client';
import { insertApiKey } from '@/db/queries/api-keys';
import { newApiKey } from '@/lib/api-clients/secrets';
import { newId } from '@/lib/ids';
import { openApiDocument } from '@/lib/openapi';
import { AnswerCheck, type OpenApiDocument } from '@/lib/openapi/testing';
import { type TestGateway, type TestHouse, testHouse } from '@/lib/testing';

const PORTAL_URL = 'http://localhost:3000';
const key32 = () => randomBytes(32).toString('base64url');
/** Where test endpoints are: nothing listens there. */
const HOOKS = 'http://127.0.0.1:9';
const ENVIRONMENT: Record<string, string> = {
  ...{ DATABASE_URL: 'unused', PORTAL_URL, CARD_URL: 'http://localhost:3001', LINK_TOKEN_KEYS: 'unused' },
  ...{ DATA_ENCRYPTION_KEY: key32(), NEXTAUTH_SECRET: 'unused', TICKET_SIGNING_KEY: 'unused' },
  ...{ CARD_PUBLIC_KEY: 'unused', MESSAGING_WEBHOOK_SECRET: 'unused', TRUSTED_PROXY_HOPS: '1' },
};

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
export type ApiRoute = { file: string; path: string; pattern: RegExp };

/** The route files of the API, each with the path it answers; the one for paths that are not there comes last. */
export const apiRoutes = (): ApiRoute[] => routesUnder(['app/api/v1', 'app/oauth']);

/** The route files below these folders, in the order in which their paths are tried: named ones first. */
export function routesUnder(folders: readonly string[]): ApiRoute[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => path.basename(file) === 'route.ts')
      .map((file) => `${folder}/${file}`),
  );
  const routes = files.map((file) => {
    const address = file.replace(/^app/, '').replace(/\/route\.ts$/, '');
    const pattern = address
      .replaceAll('.', '\\.')
      .replace(/\/\[\[\\\.\\\.\\\.\w+\]\]/, '(/.+)?')
      .replace(/\[\\\.\\\.\\\.\w+\]/, '.+')
      .replace(/\[(\w+)\]/g, '(?<$1>[^/]+)');
    return { file, path: address.replace(/\[(\w+)\]/g, '{$1}'), pattern: new RegExp(`^${pattern}$`) };
  });
  const openness = ({ file }: ApiRoute) => file.split('[').length + (file.includes('[...') ? 100 : 0);
  return routes.sort((one, other) => openness(one) - openness(other));
}

export const routeModule = (file: string): Promise<Record<string, Handler>> =>
  import(path.resolve(file)) as Promise<Record<string, Handler>>;

export type Ask = {
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
  address?: string;
};
export type Told = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

/** The API in this process, on a database of its own. Every answer is held against the document. */
export class ApiHouse {
  readonly check = new AnswerCheck(openApiDocument(PORTAL_URL) as OpenApiDocument);
  private readonly routes = apiRoutes();
  key = '';
  strangerKey = '';

  private constructor(readonly house: TestHouse) {}

  static async open(options: ConnectOptions & Partial<TestGateway> = {}): Promise<ApiHouse> {
    for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
    const opened = new ApiHouse(await testHouse(options));
    const { services, merchantId, stranger } = opened.house;
    Object.assign(globalThis, { counterfoilServices: services });
    opened.key = await opened.newKey(merchantId);
    opened.strangerKey = await opened.newKey(stranger.merchantId);
    return opened;
  }

  /** Other tests of the same worker find nothing of it. */
  close = (): Promise<void> => {
    vi.unstubAllEnvs();
    Reflect.deleteProperty(globalThis, 'counterfoilServices');
    return this.house.close();
  };

  async newKey(
    merchantId: number,
    scopes: readonly Permission[] = SCOPES,
    more: object = {},
  ): Promise<string> {
    const { key, prefix, hash } = newApiKey(false);
    const row = { merchantId, id: newId('apiKey'), name: 'Till', prefix, hash, scopes: [...scopes] };
    await insertApiKey(this.house.services.db, { ...row, ...more });
    return key;
  }

  /** One call; throws where the answer is not as the document says. */
  async call(method: string, where: string, ask: Ask = {}): Promise<Told> {
    const url = new URL(where.startsWith('/oauth') ? where : `/api/v1${where}`, PORTAL_URL);
    const { key = this.key, body, headers = {}, address = '192.0.2.7' } = ask;
    const isText = typeof body === 'string';
    const request = new Request(url, {
      method,
      headers: {
        'x-forwarded-for': address,
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const response = await this.dispatch(request, url.pathname);
    const text = await response.text();
    const { status } = response;
    const contentType = response.headers.get('content-type');
    const fault = this.check.fault({ method, path: url.pathname, status, contentType, body: text });
    if (fault) throw new Error(fault);
    const json = contentType?.includes('json') ? JSON.parse(text) : {};
    return { status, headers: response.headers, text, json };
  }

  private async dispatch(request: Request, pathname: string): Promise<Response> {
    for (const { file, pattern } of this.routes) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      const handler = (await routeModule(file))[request.method];
      if (!handler) throw new Error(`${file} does not answer ${request.method}`);
      return handler(request, { params: Promise.resolve({ ...match.groups }) });
    }
    throw new Error(`no route for ${pathname}`);
  }
}

/** An endpoint of the test's merchant, at an address that may be used. */
export async function newEndpoint(api: ApiHouse): Promise<string> {
  const made = await api.call('POST', '/webhook-endpoints', { body: { url: `${HOOKS}/hook` } });
  return made.json.id as string;
}
