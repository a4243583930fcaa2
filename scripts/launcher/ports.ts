import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config';
import { hasCode } from './files';
import { Halt } from './halt';

const PATIENCE_MS = 5_000;

/** Every port this installation listens on, by the variable that sets it. */
function wantedPorts({ mode, ports }: Config): Record<string, number> {
  const always = { PORTAL_PORT: ports.portal, CARD_PORT: ports.card };
  return mode === 'demo' ? { ...always, SANDBOX_PORT: ports.sandbox, SANDBOX_SMTP_PORT: ports.smtp } : always;
}

function canListen(host: string, port: number): Promise<'free' | 'taken' | 'forbidden' | 'no host'> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (hasCode(error, 'EACCES')) resolve('forbidden');
      else resolve(hasCode(error, 'EADDRINUSE') ? 'taken' : 'no host');
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve('free')));
  });
}

/** A browser asks ::1 first for "localhost": another program there would answer in our place. */
function answersOnLoopback6(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '::1', port });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => done(false));
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

async function portState(host: string, port: number): Promise<'free' | 'taken' | 'forbidden' | 'no host'> {
  const state = await canListen(host, port);
  return state === 'free' && host === '127.0.0.1' && (await answersOnLoopback6(port)) ? 'taken' : state;
}

/** Waits a moment for taken ports (an earlier start may just be ending), then throws the sentence that names the port. */
export async function checkPorts(config: Config, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (const [name, port] of Object.entries(wantedPorts(config))) {
    for (;;) {
      const state = await portState(config.host, port);
      if (state === 'free') break;
      if (state === 'forbidden')
        throw new Halt(`This user may not listen on port ${port}: set ${name} to one above 1023.`);
      if (state === 'no host')
        throw new Halt(`HOST is "${config.host}", which is no address of this machine.`);
      if (performance.now() > deadline) {
        throw new Halt(`Port ${port} is taken by another program: end it, or set ${name} to a free port.`);
      }
      await sleep(200);
    }
  }
}
