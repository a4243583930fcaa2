/** The one reader of the sandbox's environment. An empty string counts as absent. */
import * as z from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const text = z.string().min(1);
const secret = z.string().regex(/^whsec_[A-Za-z0-9+/]+=*$/, 'must be whsec_ and base64');

const schema = z.object({
  HOST: text.default('127.0.0.1'),
  SANDBOX_PORT: port,
  SANDBOX_SMTP_PORT: port,
  SANDBOX_URL: z.url().optional(),
  SANDBOX_DATA_DIR: text,
  SANDBOX_GATEWAY_KEY: text,
  SANDBOX_GATEWAY_WEBHOOK_SECRET: secret.optional(),
  SANDBOX_SMS_KEY: text,
  SANDBOX_RECEIVER_SECRET: secret.optional(),
  SANDBOX_TELEPHONY_KEY: text.optional(),
  SANDBOX_TELEPHONY_SECRET: secret.optional(),
  MESSAGING_WEBHOOK_SECRET: secret,
  PORTAL_URL: z.url(),
  COUNTERFOIL_MODE: z
    .literal('demo', 'must be demo: the sandbox never runs in production mode')
    .default('demo'),
  CF_WATCH_PARENT: z.enum(['0', '1']).default('0'),
});

export type SandboxEnv = {
  host: string;
  port: number;
  smtpPort: number;
  /** Where browsers and the other processes reach the sandbox; null = http://localhost:{the port listened on}. */
  url: string | null;
  dataDir: string;
  gatewayKey: string;
  /** Signs the gateway's notifications; null = none are sent. */
  gatewayWebhookSecret: string | null;
  smsKey: string;
  receiverSecret: string | null;
  /** The key of the telephony API and the secret that signs what it tells; null = there is no phone. */
  telephonyKey: string | null;
  telephonySecret: string | null;
  messagingSecret: string;
  portalUrl: string;
  watchParent: boolean;
};

/** Parses the environment, or throws naming every wrong variable (never its value). */
export function readEnv(source: Record<string, string | undefined>): SandboxEnv {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`sandbox environment: ${faults.join('; ')}`);
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.SANDBOX_PORT,
    smtpPort: env.SANDBOX_SMTP_PORT,
    url: env.SANDBOX_URL ? new URL(env.SANDBOX_URL).href.replace(/\/$/, '') : null,
    dataDir: env.SANDBOX_DATA_DIR,
    gatewayKey: env.SANDBOX_GATEWAY_KEY,
    gatewayWebhookSecret: env.SANDBOX_GATEWAY_WEBHOOK_SECRET ?? null,
    smsKey: env.SANDBOX_SMS_KEY,
    receiverSecret: env.SANDBOX_RECEIVER_SECRET ?? null,
    telephonyKey: env.SANDBOX_TELEPHONY_KEY ?? null,
    telephonySecret: env.SANDBOX_TELEPHONY_SECRET ?? null,
    messagingSecret: env.MESSAGING_WEBHOOK_SECRET,
    portalUrl: env.PORTAL_URL.replace(/\/$/, ''),
    watchParent: env.CF_WATCH_PARENT === '1',
  };
}
