/** The processes of the product, each with exactly its own environment: what is not listed here does not reach it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import { publicHalves, type Secrets, signing } from './secrets';
import { readVariable } from './variables';

export type ProcessName = 'sandbox' | 'card' | 'portal' | 'worker';
export type ProcessSpec = {
  name: ProcessName;
  /** Arguments to this Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where its /healthz is, from this machine. */
  address: string;
};

/** What the launcher has decided beyond the configuration. */
export type Plan = { config: Config; secrets: Secrets; databaseUrl: string; workerHealthPort: number };

type Env = Record<string, string | undefined>;

const given = (...names: string[]): Env =>
  Object.fromEntries(names.map((name) => [name, readVariable(name)]));

const set = (env: Env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value)) as NodeJS.ProcessEnv;

/** Where traces go, to every process alike. The standard's own names. */
const traces = (): Env =>
  given('OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_TRACES_SAMPLER_ARG');

const base = ({ config }: Plan): Env => ({
  ...given('PATH', 'TZ', 'LANG', 'SystemRoot'),
  ...traces(),
  NODE_ENV: config.dev ? 'development' : 'production',
  COUNTERFOIL_MODE: config.mode,
  CF_WATCH_PARENT: '1',
});

/** Variables that portal, worker and setup share: the database and the keys of links and stored secrets. */
const inner = ({ config, secrets, databaseUrl }: Plan): Env => ({
  ...given('DATABASE_DIRECT_URL', 'DATABASE_POOLED', 'LOG_LEVEL', 'PAY_ORIGINS', 'METRICS_TOKEN'),
  DATABASE_URL: databaseUrl,
  PORTAL_URL: config.urls.portal,
  CARD_URL: config.urls.card,
  ...sandboxUrl(config),
  LINK_TOKEN_KEYS: secrets.LINK_TOKEN_KEYS,
  DATA_ENCRYPTION_KEY: secrets.DATA_ENCRYPTION_KEY,
  EGRESS_ALLOW: egress(config),
  // Names are resolved on threads, of which Node has four: some that hang must not hold up the others.
  UV_THREADPOOL_SIZE: '32',
});

const sandboxUrl = (config: Config): Env =>
  config.mode === 'demo' ? { SANDBOX_URL: config.urls.sandbox } : {};

/** Exact origins that webhooks may reach although they are not public; a demo's own sandbox is one. */
function egress(config: Config): string {
  const own = config.mode === 'demo' ? [config.urls.sandbox] : [];
  const more = readVariable('EGRESS_ALLOW')?.split(',') ?? [];
  return [...own, ...more.map((entry) => entry.trim()).filter(Boolean)].join(',');
}

const challengeOrigins = ({ config }: Plan): string | undefined =>
  config.mode === 'demo' ? config.urls.sandbox : readVariable('CHALLENGE_ORIGINS');

function portalEnv(plan: Plan): Env {
  const { config, secrets } = plan;
  return {
    ...base(plan),
    ...inner(plan),
    ...given('TRUSTED_PROXY_HOPS', 'CARD_INTERNAL_URL', 'AGENT_FRAME_PARENTS', 'SECURITY_CONTACT'),
    CHALLENGE_ORIGINS: challengeOrigins(plan),
    NEXT_TELEMETRY_DISABLED: '1',
    PORTAL_PORT: String(config.ports.portal),
    NEXTAUTH_URL: config.urls.portal,
    NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
    TICKET_SIGNING_KEY: signing(secrets.TICKET_SIGNING_KEY),
    CARD_PUBLIC_KEY: publicHalves('CARD_SIGNING_KEY', secrets.CARD_SIGNING_KEY),
    MESSAGING_WEBHOOK_SECRET: secrets.MESSAGING_WEBHOOK_SECRET,
  };
}

function cardEnv(plan: Plan): Env {
  const { config, secrets } = plan;
  const { COUNTERFOIL_MODE: _mode, ...common } = base(plan);
  return {
    ...common,
    HOST: config.host,
    CARD_PORT: String(config.ports.card),
    CARD_URL: config.urls.card,
    PORTAL_INTERNAL_URL: readVariable('PORTAL_INTERNAL_URL') ?? config.urls.portal,
    CARD_CALLBACK_URL: readVariable('CARD_CALLBACK_URL') ?? config.urls.card,
    PARENT_ORIGINS: [config.urls.portal, readVariable('PAY_ORIGINS')].filter(Boolean).join(','),
    CHALLENGE_ORIGINS: challengeOrigins(plan),
    TICKET_PUBLIC_KEY: publicHalves('TICKET_SIGNING_KEY', secrets.TICKET_SIGNING_KEY),
    CARD_SIGNING_KEY: signing(secrets.CARD_SIGNING_KEY),
  };
}

function workerEnv(plan: Plan): Env {
  const { config, secrets, workerHealthPort } = plan;
  const demo = config.mode === 'demo';
  return {
    ...base(plan),
    ...inner(plan),
    ...given('CHROMIUM_PATH', 'PAGE_BASELINE_PUBLIC_KEY'),
    ...given('KEEP_EVENTS_DAYS', 'KEEP_DELIVERIES_DAYS', 'KEEP_MESSAGES_DAYS'),
    PAGE_BASELINE_PATH: readVariable('PAGE_BASELINE_PATH') ?? join(config.dataDir, 'page-baseline.json'),
    HOST: config.host,
    SMTP_URL: readVariable('SMTP_URL') ?? `smtp://${config.connectHost}:${config.ports.smtp}`,
    MAIL_FROM: readVariable('MAIL_FROM') ?? 'Counterfoil <links@counterfoil.example>',
    SMS_PROVIDER_URL: demo ? `${config.urls.sandbox}/sms` : readVariable('SMS_PROVIDER_URL'),
    SMS_PROVIDER_KEY: secrets.SMS_PROVIDER_KEY,
    WORKER_HEALTH_PORT: String(workerHealthPort),
  };
}

function sandboxEnv(plan: Plan): Env {
  const { config, secrets } = plan;
  return {
    ...base(plan),
    HOST: config.host,
    SANDBOX_PORT: String(config.ports.sandbox),
    SANDBOX_URL: config.urls.sandbox,
    SANDBOX_DATA_DIR: join(config.dataDir, 'sandbox'),
    SANDBOX_SMTP_PORT: String(config.ports.smtp),
    SANDBOX_GATEWAY_KEY: secrets.SANDBOX_GATEWAY_KEY,
    SANDBOX_GATEWAY_WEBHOOK_SECRET: secrets.SANDBOX_GATEWAY_WEBHOOK_SECRET,
    SANDBOX_SMS_KEY: secrets.SMS_PROVIDER_KEY,
    SANDBOX_RECEIVER_SECRET: secrets.SANDBOX_RECEIVER_SECRET,
    SANDBOX_TELEPHONY_KEY: secrets.SANDBOX_TELEPHONY_KEY,
    SANDBOX_TELEPHONY_SECRET: secrets.SANDBOX_TELEPHONY_SECRET,
    MESSAGING_WEBHOOK_SECRET: signing(secrets.MESSAGING_WEBHOOK_SECRET),
    PORTAL_URL: config.urls.portal,
  };
}

/** The environment of the step that migrates and makes the first merchant. */
export function setupEnv(plan: Plan): NodeJS.ProcessEnv {
  const { config, secrets } = plan;
  const demo: Env = {
    SANDBOX_GATEWAY_KEY: secrets.SANDBOX_GATEWAY_KEY,
    SANDBOX_GATEWAY_WEBHOOK_SECRET: secrets.SANDBOX_GATEWAY_WEBHOOK_SECRET,
    SANDBOX_RECEIVER_SECRET: secrets.SANDBOX_RECEIVER_SECRET,
    SANDBOX_TELEPHONY_KEY: secrets.SANDBOX_TELEPHONY_KEY,
    SANDBOX_TELEPHONY_SECRET: secrets.SANDBOX_TELEPHONY_SECRET,
    RECEIVER_URL: `${config.urls.sandbox}/receiver/demo`,
  };
  const first = config.mode === 'demo' ? demo : given('MERCHANT_NAME', 'OWNER_EMAIL');
  return set({ ...base(plan), ...inner(plan), ...first });
}

/** Longer than load balancers and clients keep an idle connection, so that the portal is never the one to hang up. */
const KEEP_ALIVE = ['--keepAliveTimeout', '65000'];

/** What the worker sends lives for milliseconds: with room for it (MB) it is not collected several times while it lives. */
const ROOM_FOR_SHORT_LIVES = ['--max-semi-space-size=32'];

/** The processes to start, in this order; one that is not built is left out. */
export function processSpecs(plan: Plan, exists = existsSync): ProcessSpec[] {
  const { config, workerHealthPort } = plan;
  const { root, host, connectHost, ports, dev } = config;
  const at = (port: number): string =>
    `http://${connectHost.includes(':') ? `[${connectHost}]` : connectHost}:${port}`;
  const bundle = (name: string): string[] => ['--enable-source-maps', join(root, 'dist', `${name}.mjs`)];
  const next = [join(root, 'node_modules/next/dist/bin/next'), dev ? 'dev' : 'start', '-H', host];
  const specs: ProcessSpec[] = [
    { name: 'sandbox', args: bundle('sandbox'), env: set(sandboxEnv(plan)), address: at(ports.sandbox) },
    { name: 'card', args: bundle('card'), env: set(cardEnv(plan)), address: at(ports.card) },
    {
      name: 'portal',
      args: [...next, '-p', String(ports.portal), ...(dev ? [] : KEEP_ALIVE)],
      env: set(portalEnv(plan)),
      address: at(ports.portal),
    },
    {
      name: 'worker',
      args: [...ROOM_FOR_SHORT_LIVES, ...bundle('worker')],
      env: set(workerEnv(plan)),
      address: at(workerHealthPort),
    },
  ];
  return specs.filter(({ name }) => {
    if (name === 'sandbox' && config.mode === 'production') return false;
    return name === 'portal' ? dev || exists(join(root, '.next/BUILD_ID')) : exists(bundle(name)[1] ?? '');
  });
}
