import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The only reader of the environment. Each process parses what is its own, once, at first use; empty counts as absent. */
const text = z.string().min(1);
const origin = z.url().transform((value) => new URL(value).origin);
const key32 = z.string().refine((value) => Buffer.from(value, 'base64url').length === 32, {
  error: 'must be 32 bytes in base64url',
});

const common = {
  COUNTERFOIL_MODE: z.enum(['demo', 'production']).default('demo'),
  DATABASE_URL: text,
  DATABASE_DIRECT_URL: text.optional(),
  DATABASE_POOLED: z.stringbool().default(false),
  PORTAL_URL: origin,
  CARD_URL: origin,
  LINK_TOKEN_KEYS: text,
  DATA_ENCRYPTION_KEY: key32,
  EGRESS_ALLOW: z.string().default(''),
  /** Set by the launcher: end when it does. */
  CF_WATCH_PARENT: z.stringbool().default(false),
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
});

const worker = z.object({
  ...common,
  SMTP_URL: text,
  MAIL_FROM: text,
  SMS_PROVIDER_URL: z.url(),
  SMS_PROVIDER_KEY: text,
  WORKER_HEALTH_PORT: z.coerce.number().int().default(0),
  HOST: z.string().default('127.0.0.1'),
});

const setup = z.object({
  ...common,
  SANDBOX_URL: origin,
  SANDBOX_GATEWAY_KEY: text,
  SANDBOX_RECEIVER_SECRET: text,
  RECEIVER_URL: z.url(),
});

export type CommonEnv = z.infer<z.ZodObject<typeof common>>;
export type PortalEnv = z.infer<typeof portal>;
export type WorkerEnv = z.infer<typeof worker>;
export type SetupEnv = z.infer<typeof setup>;

/** `NAME_FILE` stands for a secret kept in a file; AUTH_SECRET is the other common name of NEXTAUTH_SECRET. */
function readEnvironment(): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!value) continue;
    if (name.endsWith('_FILE') && !process.env[name.slice(0, -5)]) {
      values[name.slice(0, -5)] = readFileSync(value, 'utf8').trim();
    } else values[name] = value;
  }
  const authSecret = values.AUTH_SECRET;
  if (!values.NEXTAUTH_SECRET && authSecret) values.NEXTAUTH_SECRET = authSecret;
  return values;
}

function once<T>(schema: z.ZodType<T>): () => T {
  let parsed: T | undefined;
  return () => {
    if (parsed) return parsed;
    const result = schema.safeParse(readEnvironment());
    if (!result.success) {
      const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new Error(`the environment is not complete: ${lines.join('; ')}`);
    }
    parsed = result.data;
    return parsed;
  };
}

export const portalEnv = once<PortalEnv>(portal);
export const workerEnv = once<WorkerEnv>(worker);
export const setupEnv = once<SetupEnv>(setup);
