/** What the environment says about this installation: modes, addresses, data directory. Throws one sentence per mistake. */
import { resolve } from 'node:path';
import { Halt } from './halt';
import { readVariable } from './variables';

export type Mode = 'demo' | 'production';
export type Config = {
  mode: Mode;
  dev: boolean;
  /** The project's folder. */
  root: string;
  host: string;
  /** Where the processes on this machine reach each other: HOST, or loopback when HOST is a wildcard. */
  connectHost: string;
  dataDir: string;
  /** Null: the embedded server. */
  databaseUrl: string | null;
  ports: { portal: number; card: number; sandbox: number; smtp: number };
  /** Exact origins, without a path. */
  urls: { portal: string; card: string; sandbox: string };
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export function readConfig(root: string, dev: boolean): Config {
  const mode = readVariable('COUNTERFOIL_MODE') ?? 'demo';
  if (mode !== 'demo' && mode !== 'production') {
    throw new Halt(`COUNTERFOIL_MODE is "${mode}": it can be demo or production.`);
  }
  const host = readVariable('HOST') ?? '127.0.0.1';
  const sandbox = readPort('SANDBOX_PORT', 3002);
  const ports = {
    portal: readPort('PORTAL_PORT', 3000),
    card: readPort('CARD_PORT', 3001),
    sandbox,
    smtp: readPort('SANDBOX_SMTP_PORT', 3025),
  };
  const config: Config = {
    mode,
    dev,
    root,
    host,
    connectHost: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
    dataDir: resolve(root, readVariable('DATA_DIR') ?? 'data'),
    databaseUrl: readDatabaseUrl(),
    ports,
    urls: {
      portal: readOrigin('PORTAL_URL', ports.portal),
      card: readOrigin('CARD_URL', ports.card),
      sandbox: readOrigin('SANDBOX_URL', ports.sandbox),
    },
  };
  check(config);
  return config;
}

function readPort(name: string, standard: number): number {
  const text = readVariable(name);
  if (text === undefined) return standard;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Halt(`${name} is "${text}": it must be a port from 1 to 65535.`);
  }
  return port;
}

function readOrigin(name: string, port: number): string {
  const text = readVariable(name) ?? `http://localhost:${port}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.username) {
    throw new Halt(`${name} is "${text}": it must look like https://pay.example.com, without a path.`);
  }
  return url.origin;
}

function readDatabaseUrl(): string | null {
  const text = readVariable('DATABASE_URL');
  if (text === undefined) return null;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new Halt(
    'DATABASE_URL is not an address of PostgreSQL: write postgres://user:password@host:5432/database.',
  );
}

function check({ mode, ports, urls }: Config): void {
  const used = mode === 'demo' ? Object.values(ports) : [ports.portal, ports.card];
  if (new Set(used).size !== used.length) {
    throw new Halt(
      `PORTAL_PORT, CARD_PORT, SANDBOX_PORT and SANDBOX_SMTP_PORT must differ: ${used.join(', ')}.`,
    );
  }
  if (urls.portal === urls.card) throw new Halt('CARD_URL must be another origin than PORTAL_URL.');
  if (mode !== 'production') return;
  for (const [name, url] of Object.entries({ PORTAL_URL: urls.portal, CARD_URL: urls.card })) {
    const { protocol, hostname } = new URL(url);
    if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
      throw new Halt(`${name} is ${url}: production needs https.`);
    }
  }
}
