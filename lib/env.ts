import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { parseDataKey } from './key-ring';
import { KEEP_DAYS } from './retention/keep';

/** The only reader of the environment. Each process parses what is its own, once, at first use; empty counts as absent. */
const text = z.string().min(1);
const origin = z.url().transform((value) => new URL(value).origin);
const dataKey = z.string().refine(
  (value) => {
    try {
      return parseDataKey(value).byId.size > 0;
    } catch {
      return false;
    }
  },
  { error: 'must be 32 bytes in base64url, or such keys with numbers, like 2:NEW,1:OLD' },
);

/** For how long what grows is kept: at least as long as what it is there for, at most ten years. */
const days = ({ least, usual }: { least: number; usual: number }) =>
  z.coerce.number().int().min(least).max(3650).default(usual);

const common = {
  COUNTERFOIL_MODE: z.enum(['demo', 'production']).default('demo'),
  DATABASE_URL: text,
  DATABASE_DIRECT_URL: text.optional(),
  DATABASE_POOLED: z.stringbool().default(false),
  PORTAL_URL: origin,
  CARD_URL: origin,
  /** Exact origins, with commas, of the pages on which banks ask their customers. */
  CHALLENGE_ORIGINS: z.string().default(''),
  /** Exact origins, with commas, of merchants' own domains at which this portal shows pages to payers. */
  PAY_ORIGINS: z.string().default(''),
  LINK_TOKEN_KEYS: text,
  DATA_ENCRYPTION_KEY: dataKey,
  EGRESS_ALLOW: z.string().default(''),
  /** Set by the launcher: end when it does. */
  CF_WATCH_PARENT: z.stringbool().default(false),
  /** Who shows it as a bearer may read /metrics; without it nobody may. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Where traces go, as OTLP; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: text.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: text.optional(),
  OTEL_TRACES_SAMPLER_ARG: text.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
};

const portal = z.object({
  ...common,
  NEXTAUTH_SECRET: text,
  TICKET_SIGNING_KEY: text,
  CARD_PUBLIC_KEY: text,
  MESSAGING_WEBHOOK_SECRET: text,
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  SANDBOX_URL: origin.optional(),
  /** Where this process reaches the card process, if not at CARD_URL. */
  CARD_INTERNAL_URL: origin.optional(),
  /** Exact origins, with commas, whose pages may show the agent workspace in a frame. */
  AGENT_FRAME_PARENTS: z.string().default(''),
  /** Where a weakness is told of: an address with mailto:, tel: or https:. Source: RFC 9116, 2.5.3. */
  SECURITY_CONTACT: z.url({ protocol: /^(mailto|tel|https)$/ }).optional(),
});

const worker = z.object({
  ...common,
  SMTP_URL: text,
  MAIL_FROM: text,
  SMS_PROVIDER_URL: z.url(),
  SMS_PROVIDER_KEY: text,
  WORKER_HEALTH_PORT: z.coerce.number().int().default(0),
  HOST: z.string().default('127.0.0.1'),
  /** The key with which an operator has signed the payer's page; without it the page is not looked at. */
  PAGE_BASELINE_PUBLIC_KEY: text.optional(),
  PAGE_BASELINE_PATH: text.optional(),
  CHROMIUM_PATH: text.optional(),
  /** A browser's start script looks for its helpers there. */
  PATH: text.optional(),
  KEEP_EVENTS_DAYS: days(KEEP_DAYS.events),
  KEEP_DELIVERIES_DAYS: days(KEEP_DAYS.deliveries),
  KEEP_MESSAGES_DAYS: days(KEEP_DAYS.messages),
});

const setup = z.object({
  ...common,
  SANDBOX_URL: origin,
  SANDBOX_GATEWAY_KEY: text,
  SANDBOX_GATEWAY_WEBHOOK_SECRET: text,
  SANDBOX_RECEIVER_SECRET: text,
  SANDBOX_TELEPHONY_KEY: text,
  SANDBOX_TELEPHONY_SECRET: text,
  RECEIVER_URL: z.url(),
});

const productionSetup = z.object({
  ...common,
  /** Needed while there is no merchant. */
  MERCHANT_NAME: z.string().trim().min(1).max(100).optional(),
  OWNER_EMAIL: z.email().optional(),
});

export type CommonEnv = z.infer<z.ZodObject<typeof common>>;
export type PortalEnv = z.infer<typeof portal>;
export type WorkerEnv = z.infer<typeof worker>;
export type SetupEnv = z.infer<typeof setup>;
export type ProductionSetupEnv = z.infer<typeof productionSetup>;

/** Other common names of ours. */
const ALIASES: Record<string, string> = { NEXTAUTH_SECRET: 'AUTH_SECRET' };

/** A variable, or what the file named by `NAME_FILE` holds. Only names of ours are looked at: other files are not. */
function readVariable(name: string): string | undefined {
  const value = process.env[name];
  if (value) return value;
  const file = process.env[`${name}_FILE`];
  if (file) return readFile(name, file);
  const alias = ALIASES[name];
  return alias && readVariable(alias);
}

function readFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`${name}_FILE names ${file}, which cannot be read`);
  }
}

/** The environment by a schema, read and parsed at the first call. Exported for its test. */
export function once<T extends z.ZodObject>(schema: T): () => z.infer<T> {
  let parsed: z.infer<T> | undefined;
  return () => {
    if (parsed) return parsed;
    const values = Object.keys(schema.shape).map((name) => [name, readVariable(name) || undefined]);
    const result = schema.safeParse(Object.fromEntries(values));
    if (!result.success) {
      const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new Error(`the environment is not complete: ${lines.join('; ')}`);
    }
    parsed = result.data;
    return parsed;
  };
}

export const portalEnv = once(portal);
export const workerEnv = once(worker);
export const setupEnv = once(setup);
export const productionSetupEnv = once(productionSetup);
