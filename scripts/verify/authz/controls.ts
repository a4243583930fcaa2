/** Verbs that are broken on purpose: the matrix is worth something only if each of them turns it red. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Actor } from './actors';

export type Control = {
  name: string;
  /** What is broken. */
  breaks: string;
  file: string;
  /** The text that is broken; it must be there, or the control would prove nothing. */
  find: string;
  put: string;
  /** The rows that are tried, and who among others must be found where the matrix does not let them. */
  rows: string;
  actor: Actor;
};

/** The verb's first step lets everybody pass. */
const unasked = (name: string, file: string, find: string, rows: string, actor: Actor): Control => {
  const breaks = `${file} asks nobody for permission`;
  return { name, breaks, file, find, put: '({ ok: true, value: true } as const)', rows, actor };
};
/** The query finds whoever's row it is. */
const unfiltered = (
  name: string,
  file: string,
  find: string,
  put: string,
  rows: string,
  actor: Actor,
): Control => {
  const breaks = `${file} does not ask whose row it is`;
  return { name, breaks, file, find, put, rows, actor };
};

export const CONTROLS: readonly Control[] = [
  unasked(
    'links',
    'lib/payment-links/cancel.ts',
    "authorize(ctx, 'payment_links:cancel')",
    'actions cancelLink',
    'viewer',
  ),
  unasked(
    'refunds',
    'lib/refunds/create.ts',
    "authorizeVerified(ctx, 'refunds:create')",
    'refundPayment',
    'agent',
  ),
  unasked(
    'profiles',
    'lib/payment-profiles/settings.ts',
    "authorizeVerified(ctx, 'payment_profiles:moto')",
    'setMoto',
    'admin',
  ),
  unasked(
    'branding',
    'lib/branding/save.ts',
    "authorize(ctx, 'branding:write')",
    'branding/actions save',
    'agent',
  ),
  {
    name: 'webhooks',
    breaks: 'lib/webhooks/rotate-secret.ts asks for no fresh proof of who somebody is',
    file: 'lib/webhooks/rotate-secret.ts',
    find: "authorizeVerified(ctx, 'webhooks:write')",
    put: "authorizeVerified({ ...ctx, actor: { ...ctx.actor, verified: true } as typeof ctx.actor }, 'webhooks:write')",
    rows: 'actions rotateSecret',
    actor: 'owner later',
  },
  unfiltered(
    'API clients',
    'db/queries/api-keys.ts',
    'and(eq(k.merchantId, merchantId), eq(k.id, id))',
    'and(eq(k.id, id), merchantId ? undefined : undefined)',
    'actions revokeKey',
    'owner',
  ),
  unasked(
    'money decided',
    'lib/payment-attempts/decide.ts',
    "authorizeVerified(ctx, 'payments:decide')",
    'settleAttempt',
    'viewer',
  ),
  unasked(
    'second factors',
    'lib/auth/factors/reset.ts',
    "authorizeVerified(ctx, 'factors:reset')",
    'team/actions dropFactors',
    'admin',
  ),
  unasked(
    'gateways',
    'lib/gateway-accounts/change.ts',
    "authorizeVerified(ctx, 'gateways:write')",
    'gateways/actions replaceKey',
    'admin',
  ),
  unasked(
    'audit trail',
    'lib/audit/entries.ts',
    "authorizeVerified(ctx, 'audit:read')",
    'GET /api/staff/audit',
    'owner later',
  ),
  unfiltered(
    'own passkeys',
    'db/queries/second-factors.ts',
    'and(ofOwner(k, owner), eq(k.id, id))',
    'and(eq(k.id, id), owner ? undefined : undefined)',
    'security/actions nameKey',
    'agent',
  ),
  unfiltered(
    'imports',
    'db/queries/payment-link-batches.ts',
    'and(eq(b.merchantId, merchantId), eq(b.id, id))',
    'and(eq(b.id, id), merchantId ? undefined : undefined)',
    'GET /api/staff/imports/[id]',
    'viewer',
  ),
  {
    name: 'origins',
    breaks: 'app/_server/staff.ts takes actions from any page',
    file: 'app/_server/staff.ts',
    find: "sent.get('origin') === portalUrl",
    put: 'portalUrl',
    rows: 'actions cancelLink',
    actor: 'no origin',
  },
];

/** What a portal is built from. */
const SOURCES = ['app', 'core', 'db', 'lib', 'card', 'public', 'docs'];
const FILES = /^(next\.config|instrumentation|postcss\.config|tsconfig|package)\b.*\.(ts|mjs|json)$/;

const switchOf = (variant: string, name: string): string => join(variant, `broken ${name}`);
/** Breaks one verb of a running variant, or mends it. */
export function turn(variant: string, { name }: Control, isBroken: boolean): void {
  if (isBroken) writeFileSync(switchOf(variant, name), '');
  else rmSync(switchOf(variant, name), { force: true });
}

function sabotage(variant: string, { name, file, find, put }: Control): void {
  const path = join(variant, file);
  const source = readFileSync(path, 'utf8');
  if (!source.includes(find)) throw new Error(`${file} does not hold: ${find}`);
  const isBroken = `process.getBuiltinModule('node:fs').existsSync(${JSON.stringify(switchOf(variant, name))})`;
  writeFileSync(path, source.replace(find, `(${isBroken} ? ${put} : ${find})`));
}

/** One portal in which each control can be switched on, built below dist from a patched copy; gives its folder. */
export async function buildVariant(root: string): Promise<string> {
  const variant = join(root, 'dist', 'authz-controls');
  rmSync(variant, { recursive: true, force: true });
  mkdirSync(join(variant, 'dist'), { recursive: true });
  for (const name of readdirSync(root).filter((one) => SOURCES.includes(one) || FILES.test(one)))
    cpSync(join(root, name), join(variant, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(variant, 'node_modules'));
  for (const file of readdirSync(join(root, 'dist')).filter((one) => /\.m?js$/.test(one)))
    symlinkSync(join(root, 'dist', file), join(variant, 'dist', file));
  for (const control of CONTROLS) sabotage(variant, control);
  const next = join(root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: variant,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  if (!existsSync(join(variant, '.next/BUILD_ID')))
    throw new Error(`the controls cannot be built: ${output.slice(-2000)}`);
  return variant;
}
