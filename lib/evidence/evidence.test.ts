import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { testHouse } from '../testing';
import { readEvidence } from '.';

test('the evidence is asked for now, of the pages as they are served, by owners and admins; it holds no secret', async () => {
  const house = await testHouse();
  const server = createServer((_request, response) =>
    response.setHeader('content-security-policy', "default-src 'none'").setHeader('set-cookie', 'x=y').end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const cardUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const owner = house.as('owner');
    const config = { ...owner.config, cardUrl, portalUrl: 'http://127.0.0.1:2', payOrigins: [] };
    const read = await readEvidence({ ...owner, config });
    expect(read).toMatchObject({
      value: {
        pages: [
          { status: null, headers: null },
          { status: 200, headers: { 'content-security-policy': "default-src 'none'" } },
        ],
        pageCheck: null,
        policy: { 'A session idles out after': '15 minutes' },
      },
    });
    expect(JSON.stringify(read)).not.toContain('x=y');
    for (const who of ['agent', 'viewer', 'api'] as const)
      expect(await readEvidence(house.as(who))).toMatchObject({ error: { code: 'forbidden' } });
  } finally {
    server.close();
    await house.close();
  }
});
