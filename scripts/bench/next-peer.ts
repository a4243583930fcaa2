/** The peers made with Next.js: a route that reads JSON and answers JSON, and an empty page, static and dynamic, built and started as the portal is. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from './benchmark';

const FILES = {
  'app/api/echo/route.js': `export async function POST(request) {
  const body = await request.json();
  return Response.json({ id: crypto.randomUUID(), ...body }, { status: 201 });
}
`,
  'app/page.js': `export default function Page() {
  return null;
}
`,
  'app/dynamic/page.js': `export const dynamic = 'force-dynamic';
export default function Page() {
  return null;
}
`,
  'app/layout.js': `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  // Without one of its own it would be given the portal's, which lies above it.
  'instrumentation.js': 'export function register() {}\n',
  'next.config.mjs':
    "export default { poweredByHeader: false, turbopack: { root: new URL('../../..', import.meta.url).pathname } };\n",
  'package.json': '{ "private": true, "type": "module" }\n',
};
const START_MS = 30_000;

/** Builds it under dist and starts it on `port`. */
export async function startNextPeer(
  { root, onClose }: Surroundings,
  port: number,
): Promise<{ origin: string; pid: number }> {
  const folder = join(root, 'dist/bench/next-peer');
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const next = join(root, 'node_modules/next/dist/bin/next');
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const built = spawnSync(process.execPath, [next, 'build'], { cwd: folder, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the peer could not be built: ${built.stdout}${built.stderr}`);
  const args = [next, 'start', '-H', '127.0.0.1', '-p', String(port), '--keepAliveTimeout', '65000'];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore', detached: true });
  onClose(() => child.pid && process.kill(-child.pid, 'SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  while (!(await isUp(origin))) {
    if (performance.now() > until) throw new Error('the peer does not start');
    await sleep(100);
  }
  return { origin, pid: child.pid ?? 0 };
}

const isUp = async (origin: string): Promise<boolean> => {
  const answer = await fetch(`${origin}/api/echo`, { method: 'POST', body: '{}' }).catch(() => null);
  return answer?.status === 201;
};
