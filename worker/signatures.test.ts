import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';
import { afterEach, expect, test, vi } from 'vitest';
import { setClock } from '@/db/testing';
import {
  pingWebhookEndpoint,
  readWebhookEndpoint,
  readWebhookKeys,
  rotateWebhookSecret,
} from '@/lib/webhooks';
import { endScenes, type Got, newLink, scene, settled, startLane } from './testing';

afterEach(endScenes);

const takes = (secret: string, { body, headers }: Got): boolean[] =>
  [new Webhook(secret), new Svix(secret)].map((verifier) => {
    try {
      verifier.verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  });

/** How many of the webhook's `v1a` signatures each published key verifies. */
function verified(keys: JsonWebKey[], { body, headers }: Got): number[] {
  const bytes = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  const signatures = String(headers['webhook-signature']).split(' ');
  return keys.map(
    (key) =>
      signatures.filter((one) => {
        const [version, text = ''] = one.split(',');
        const public_ = createPublicKey({ key, format: 'jwk' });
        return version === 'v1a' && verify(null, bytes, public_, Buffer.from(text, 'base64'));
      }).length,
  );
}

async function ring() {
  const { house, got, endpoints } = await scene({ a: (response) => response.end() });
  const id = endpoints.get('a')?.id ?? '';
  const keys = async () => (await readWebhookKeys(house.services, id))?.keys ?? [];
  startLane(house);
  const next = async (): Promise<Got> => {
    const before = got.length;
    await pingWebhookEndpoint(house.as('owner'), id);
    await vi.waitUntil(() => got.length > before, { timeout: 8_000 });
    await vi.waitUntil(settled(house, 'succeeded'), { timeout: 8_000 });
    return got.at(-1) as Got;
  };
  return { house, id, secret: endpoints.get('a')?.secret ?? '', keys, next };
}

test('what arrives verifies with both official packages, and with the published key', async () => {
  const { house, id, secret, keys, next } = await ring();
  const one = await next();
  expect(takes(secret, one)).toEqual([true, true]);
  const published = await keys();
  expect(published).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' }]);
  expect(verified(published, one)).toEqual([1]);
  const view = await readWebhookEndpoint(house.as('viewer'), id);
  expect(view).toMatchObject({ value: { publicKey: published[0]?.whpk } });
  expect(view.ok && new URL(view.value.keySetUrl).pathname).toBe(`/webhook-keys/${id}`);
});

test('while one secret replaces another both sign, and both keys are published; then only the new ones', async () => {
  const { house, id, secret, keys, next } = await ring();
  const [old] = await keys();
  const rotated = await rotateWebhookSecret(house.as('owner'), id, { overlapSeconds: 100 });
  if (!rotated.ok || !old) throw new Error('no rotation');
  const during = await next();
  expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(4);
  expect([takes(secret, during), takes(rotated.value.secret, during)].flat()).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(verified(await keys(), during)).toEqual([1, 1]);
  await setClock(house.services.db, 101);
  const after = await next();
  expect([takes(secret, after), takes(rotated.value.secret, after)].flat()).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(await keys()).toHaveLength(1);
  expect(verified([old], after)).toEqual([0]);
});

test('each endpoint has keys of its own: what one merchant gets does not verify at another', async () => {
  const { house, got, endpoints } = await scene({
    a: (response) => response.end(),
    b: (response) => response.end(),
  });
  startLane(house);
  await newLink(house);
  await vi.waitUntil(() => got.length === 2, { timeout: 8_000 });
  const forA = got.find((one) => one.path === '/a');
  if (!forA) throw new Error('nothing came');
  expect(takes(endpoints.get('b')?.secret ?? '', forA)).toEqual([false, false]);
});
