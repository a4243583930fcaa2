import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiHouse, newEndpoint } from '../../_server/testing';
import { GET } from './route';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const keysOf = (endpoint: string) =>
  GET(new Request('http://localhost/'), { params: Promise.resolve({ endpoint }) });

test('the keys of an endpoint are there for anybody, without what is private, until it is deleted', async () => {
  const id = await newEndpoint(api);
  const endpoint = await api.call('GET', `/webhook-endpoints/${id}`);
  const answer = await keysOf(id);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/jwk-set+json');
  const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'whpk', 'x']);
  expect(keys[0]?.whpk).toBe(endpoint.json.publicKey);
  expect(new URL(String(endpoint.json.keySetUrl)).pathname).toBe(`/webhook-keys/${id}`);
  await api.call('DELETE', `/webhook-endpoints/${id}`);
  expect((await keysOf(id)).status).toBe(404);
});

test('there are no keys of nobody', async () => {
  for (const id of ['we_00000000000000000000000000', 'nothing']) expect((await keysOf(id)).status).toBe(404);
});
