import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompatibleHouse, compatibleRoutes, type Told } from './testing';

type Field = { key: string; value: string };
type Request = {
  method: string;
  url: { raw: string };
  auth?: { type: string };
  body?: { mode: string; raw?: string; urlencoded?: Field[] };
};
const collection = JSON.parse(
  readFileSync('docs/samples/vonage-payment-api.postman_collection.json', 'utf8'),
) as { item: { name: string; request: Request; event?: object[] }[]; variable: Field[] };

let vcc: CompatibleHouse;
beforeAll(async () => {
  vcc = await CompatibleHouse.open();
  await vcc.house.database.sql`update payment_profiles set moto = true`;
});
afterAll(() => vcc.api.close());

const variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
/** The text with its variables in it; throws for one that the collection does not have. */
const filled = (text: string): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`no variable ${name}`);
    return value;
  });

const send = ({ method, url, auth, body }: Request): Promise<Told> =>
  vcc.call(method, filled(url.raw), {
    token: auth?.type === 'noauth' ? null : filled('{{accessToken}}'),
    ...(body?.raw !== undefined && { json: JSON.parse(filled(body.raw)) }),
    ...(body?.urlencoded && {
      form: Object.fromEntries(body.urlencoded.map(({ key, value }) => [key, filled(value)])),
    }),
  });

/** What the scripts of the collection do: an answer's fields become variables. */
function keep({ json }: Told): void {
  for (const [name, value] of Object.entries(json))
    if (typeof value === 'string') variables.set(name === 'access_token' ? 'accessToken' : name, value);
}

test('the Postman collection runs from the token to the agent’s page, in its own order', async () => {
  variables.set('clientId', vcc.client.client_id).set('clientSecret', vcc.client.client_secret);
  const statuses: Record<string, number> = {};
  for (const { name, request } of collection.item) {
    const told = await send(request);
    statuses[name] = told.status;
    keep(told);
  }
  expect(statuses).toEqual({
    'Get an access token': 200,
    'Create an agent-assist session': 201,
    'Create a digital session': 201,
    'Get the status of the session': 200,
    'Open the agent’s payment page': 303,
  });
});

test('the collection has every path of the surface, and no other', () => {
  const paths = collection.item.map(({ request }) => {
    const path = request.url.raw.replace('{{baseUrl}}', '').replace('{{sessionGuid}}', '{guid}');
    return `${request.method} ${path}`;
  });
  const served = ['POST /Auth/connect/token', 'POST /v1/session', 'POST /v1/digitalsession'];
  expect(paths).toEqual([...served, 'GET /v1/session/{guid}', 'POST /agent-frame/session/{guid}']);
  const known = compatibleRoutes().map(({ path }) => path);
  expect(new Set(paths.map((path) => path.split(' ')[1]))).toEqual(new Set(known));
});
