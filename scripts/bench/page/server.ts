import { readFileSync } from 'node:fs';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { install } from '../installation';
import { drive, type Request } from '../load';
import { startNextPeer } from '../next-peer';
import { type Contender, interleave, median } from '../rounds';
import { newLink } from './page';

const AT_ONCE = 16;
const PAGES = 3_000;
const AS_A_BROWSER = { 'accept-encoding': 'gzip, deflate, br' };
const TICKS_A_SECOND = 100;

/** The processor time of a process so far, in milliseconds: user and system. Source: proc(5), fields 14 and 15. */
function busyMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}

async function pageServer(around: Surroundings): Promise<Result[]> {
  const installation = await install(around, ['portal', 'card']);
  const { pathname } = new URL(await newLink(installation));
  const peer = await startNextPeer(around, installation.ports.take());
  const requests = Math.round(PAGES * around.scale);
  const busy = new Map<string, number[]>();
  const contender = (name: string, origin: string, pid: number, request: Request): Contender => ({
    name,
    run: async () => {
      const before = busyMs(pid);
      const rate = await drive({
        origin,
        atOnce: AT_ONCE,
        requests,
        next: () => request,
        status: request.method === 'GET' ? 200 : 201,
      });
      busy.set(name, [...(busy.get(name) ?? []), (busyMs(pid) - before) / requests]);
      return rate;
    },
  });
  const headers = { 'content-type': 'application/json' };
  const [ours, route] = await interleave(
    [
      contender('ours', installation.portal, installation.parts.get('portal')?.pid ?? 0, {
        method: 'GET',
        path: pathname,
        headers: AS_A_BROWSER,
      }),
      contender('Next route', peer.origin, peer.pid, {
        path: '/api/echo',
        headers,
        body: '{"amountMinor":1240}',
      }),
    ],
    around.rounds,
    around.say,
  );
  if (!ours || !route) throw new Error('nothing was measured');
  const cpu = (name: string) => {
    const rounds = (busy.get(name) ?? []).slice(1);
    return { name, median: median(rounds), min: Math.min(...rounds), max: Math.max(...rounds), rounds };
  };
  const targets = [{ peer: 'Next route', atLeast: 0.6 }];
  return [
    {
      name: 'pay pages served',
      unit: 'pages/s',
      moreIsBetter: true,
      ours,
      peers: [route],
      targets,
      bounds: [],
    },
    {
      name: 'processor time of a pay page',
      unit: 'ms',
      moreIsBetter: false,
      ours: cpu('ours'),
      peers: [cpu('Next route')],
      targets,
      bounds: [],
    },
  ];
}

export const PAGE_SERVER: Benchmark = {
  name: 'page-server',
  about: 'pay pages served, beside a Next.js route that answers JSON',
  run: pageServer,
};
