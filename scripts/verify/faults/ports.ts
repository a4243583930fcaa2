import { createServer } from 'node:net';

/** Below the ports that systems hand to outgoing connections, so that none is taken while its owner is down. */
const [FIRST, LAST] = [20_000, 32_000];

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** So many different free ports of loopback, handed out one by one. */
export class Ports {
  private constructor(private readonly numbers: number[]) {}

  static async find(count: number): Promise<Ports> {
    const found = new Set<number>();
    for (let tries = 0; found.size < count && tries < 10_000; tries++) {
      const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
      if (!found.has(port) && (await isFree(port))) found.add(port);
    }
    return new Ports([...found]);
  }

  take(): number {
    const port = this.numbers.pop();
    if (!port) throw new Error('not enough free ports were found');
    return port;
  }
}
