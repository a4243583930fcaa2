import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config';
import { Halt } from './halt';
import { lastLines, logPath } from './logs';
import type { ManagedProcess } from './managed-process';

const TIMEOUT_MS = 120_000;
const GIVE_UP_AFTER_FAILURES = 3;

type Answer = { status: number; type: string };

/** GET as a browser would ask, at the local address under the public name; null without an answer. */
function ask(address: string, path: string, publicUrl: string): Promise<Answer | null> {
  return new Promise((resolve) => {
    const headers = { host: new URL(publicUrl).host, accept: 'text/html' };
    const request = get(new URL(path, address), { headers, agent: false, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('close', () => {
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '' });
      });
    });
    request.once('timeout', () => request.destroy()).once('error', () => resolve(null));
  });
}

/** Asks until the answer is right. A process that keeps dying, or the time, ends it with one sentence. */
async function until(child: ManagedProcess, config: Config, isRight: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!(await isRight())) {
    if (child.failures < GIVE_UP_AFTER_FAILURES && performance.now() < deadline) {
      await sleep(100);
      continue;
    }
    const { name } = child.spec;
    const said = lastLines(config.dataDir, name, 5);
    throw new Halt(
      `The ${name} process does not start; its log ${logPath(config.dataDir, name)} ends with:\n${said}`,
    );
  }
}

/** Resolves once every process is healthy and a pay page with its card form really answers. */
export async function waitUntilReady(children: ManagedProcess[], config: Config): Promise<void> {
  await Promise.all(
    children.map((child) =>
      until(
        child,
        config,
        async () => (await ask(child.spec.address, '/healthz', child.spec.address))?.status === 200,
      ),
    ),
  );
  const { portal, card } = config.urls;
  await Promise.all(
    children.map(async (child) => {
      const { address, name } = child.spec;
      if (name === 'portal') {
        return until(child, config, async () => {
          const answer = await ask(address, '/pay/not-a-link', portal);
          return answer?.status === 404 && answer.type.startsWith('text/html');
        });
      }
      if (name !== 'card') return;
      const form = `/form?o=${encodeURIComponent(portal)}`;
      return until(child, config, async () => (await ask(address, form, card))?.status === 200);
    }),
  );
}

/** Why payments cannot be taken although everything runs, in the portal's own words; empty when they can. */
export async function reasonsNotReady(children: ManagedProcess[]): Promise<string[]> {
  const portal = children.find(({ spec }) => spec.name === 'portal');
  if (!portal) return [];
  try {
    const answer = await fetch(new URL('/readyz', portal.spec.address), {
      signal: AbortSignal.timeout(15_000),
    });
    const { checks } = (await answer.json()) as { checks: Record<string, string> };
    return Object.values(checks).filter((one) => one !== 'ok');
  } catch {
    return ['the portal does not say whether it is ready'];
  }
}
