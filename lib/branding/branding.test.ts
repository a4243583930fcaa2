import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { readBranding, readPublicLogo, saveBranding, tryLogo } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

type Ctx = TestHouse['stranger'];
const versionOf = async (ctx: Ctx): Promise<number> => {
  const read = await readBranding(ctx);
  return read.ok ? read.value.version : -1;
};
const PLAIN = { name: 'Juniper Outfitters', accent: null, footer: null };
const save = async (ctx: Ctx, more: object = {}, file?: Uint8Array | null) =>
  saveBranding(ctx, { ...PLAIN, version: await versionOf(ctx), ...more }, file);
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#1d4ed8' } });
const refused = (path: string, message: string) => ({
  error: { code: 'invalid', errors: [{ path, message: expect.stringContaining(message) }] },
});

test('branding is said by an owner or admin of this merchant; no agent, viewer or machine sees or says it', async () => {
  for (const who of ['agent', 'viewer', 'api'] as const) {
    expect(await readBranding(house.as(who))).toMatchObject({ error: { code: 'forbidden' } });
    expect(await save(house.as(who))).toMatchObject({ error: { code: 'forbidden' } });
    expect(await tryLogo(house.as(who), new Uint8Array())).toMatchObject({ error: { code: 'forbidden' } });
  }
  expect(await save(house.stranger, { name: 'Cedar', accent: '#7c2d12' })).toMatchObject({
    value: { name: 'Cedar', accent: '#7c2d12' },
  });
  expect(await readBranding(house.as('admin'))).toMatchObject({ value: { ...PLAIN, logo: null } });
});

test('what is saved is on record with what it was before; of two who saw the same version one is told', async () => {
  const version = await versionOf(house.as('owner'));
  const both = await Promise.all(
    ['#1d4ed8', '#7c2d12'].map((accent) =>
      saveBranding(house.as('owner'), { ...PLAIN, version, accent, footer: 'Company\u202e 1234' }),
    ),
  );
  const won = both.flatMap((one) => (one.ok ? [one.value] : []));
  expect(won).toMatchObject([{ footer: 'Company 1234', version: version + 1 }]);
  expect(both.find((one) => !one.ok)).toMatchObject({ error: { code: 'version_mismatch' } });
  const rows = await house.database.sql`
    select data from audit_entries where action = 'branding.update' and merchant_id = ${house.merchantId}`;
  expect(rows.at(-1)?.data).toEqual({
    accent: { from: null, to: won[0]?.accent },
    footer: { from: null, to: 'Company 1234' },
  });
  expect(await save(house.as('owner'))).toMatchObject({ value: PLAIN });
});

test('a colour nobody would see is refused with the nearest that is seen; so is what is no colour, and own style', async () => {
  const owner = house.as('owner');
  expect(await save(owner, { accent: '#ffff00' })).toMatchObject(refused('accent', '#929200'));
  expect(await save(owner, { accent: '#929200' })).toMatchObject({ ok: true });
  for (const accent of ['red', '#fff', '#1D4ED8', 'red}body{display:none'])
    expect(await save(owner, { accent })).toMatchObject(refused('accent', 'is a colour like'));
  expect(await save(owner, { css: 'body{}' })).toMatchObject(refused('css', 'not a known field'));
  expect(await save(owner, { footer: 'x'.repeat(301) })).toMatchObject({ error: { code: 'invalid' } });
});

test('a logo is written anew: small, of its place, without what the file told of itself, and served by its hash to its merchant’s pages', async () => {
  const file = await picture(1200, 300)
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .jpeg()
    .toBuffer();
  const saved = await save(house.as('owner'), {}, file);
  if (!saved.ok || !saved.value.logo) throw new Error('no logo');
  expect(saved.value.logo).toMatchObject({ width: 160, height: 40 });
  const [, , merchant = '', hash = ''] = saved.value.logo.src.split('/');
  const image = await readPublicLogo(house.services, merchant, hash);
  expect(image?.byteLength).toBeLessThanOrEqual(20_000);
  const facts = await sharp(image ?? undefined).metadata();
  expect(facts).toMatchObject({ format: 'webp', width: 320, height: 80 });
  expect(facts.exif).toBeUndefined();
  expect(await readPublicLogo(house.services, String(house.stranger.merchantId), hash)).toBeNull();
  expect(await readPublicLogo(house.services, '../1', hash)).toBeNull();

  expect(await save(house.as('owner'))).toMatchObject({ value: { logo: saved.value.logo } });
  await house.database.sql`update logos set created_at = now() - interval '2 days'`;
  expect(await save(house.as('owner'))).toMatchObject({ value: { logo: saved.value.logo } });
  expect(await save(house.as('owner'), {}, null)).toMatchObject({ value: { logo: null } });
  expect(await readPublicLogo(house.services, merchant, hash)).toBeNull();
});

test('only a PNG, JPEG or WebP is a logo, by what is in it; a file too large, damaged or a bomb of pixels is none', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const png = await picture(400, 80).png().toBuffer();
  const bomb = await picture(4001, 4000).toColourspace('b-w').removeAlpha().png().toBuffer();
  const cases: [Uint8Array, string][] = [
    [Buffer.from(svg), 'is not a PNG'],
    [await picture(9, 9).gif().toBuffer(), 'is not a PNG'],
    [Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]), 'cannot be read'],
    [png.subarray(0, png.length - 40), 'cannot be read'],
    [bomb, 'cannot be read'],
    [Buffer.concat([png, Buffer.alloc(200_000)]), '200 kB'],
    [new Uint8Array(), 'is not a PNG'],
  ];
  for (const [file, message] of cases)
    expect(await tryLogo(house.as('owner'), file)).toMatchObject(refused('logo', message));
  expect(bomb.byteLength).toBeLessThan(200_000);
  for (const file of [png, await picture(8, 8).webp().toBuffer()])
    expect(await tryLogo(house.as('owner'), file)).toMatchObject({ ok: true });
});
