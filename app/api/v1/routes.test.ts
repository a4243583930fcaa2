import { expect, test } from 'vitest';
import { API_ROOT, OPERATIONS } from '@/lib/contracts/operations';
import { apiRoutes, routeModule } from '../../_server/testing';

const FRAMEWORK = ['HEAD', 'OPTIONS'];

/** What the route files answer, as "METHOD path"; a route tells its own methods by OPTIONS. */
async function answered(): Promise<string[]> {
  const routes = apiRoutes().filter(({ file }) => !file.includes('[...'));
  const lists = await Promise.all(
    routes.map(async ({ file, path }) => {
      const options = (await routeModule(file)).OPTIONS as unknown as () => Response;
      const allow = options().headers.get('allow')?.split(', ') ?? [];
      return allow.filter((method) => !FRAMEWORK.includes(method)).map((method) => `${method} ${path}`);
    }),
  );
  return lists.flat().sort();
}

test('every route has its operation in the document, and every operation its route', async () => {
  const described = OPERATIONS.map(
    ({ method, path, root }) => `${method} ${root ? '' : API_ROOT}${path}`,
  ).sort();
  expect(await answered()).toEqual(described);
  expect(described.length).toBeGreaterThan(10);
});

test('a route handles every method, if only to refuse it', async () => {
  for (const { file } of apiRoutes().filter(({ file }) => !file.includes('[...')))
    expect(Object.keys(await routeModule(file)), file).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
    );
});
