import { type Outcome, ok } from '@/core/outcome';
import { PCI_REQUIREMENTS, type PciRequirement } from '@/core/pci';
import { readNow, readServerVersion } from '@/db/clock';
import { findLastPageCheck } from '@/db/queries/page-checks';
import scripts from '@/docs/scripts.json';
import packageJson from '@/package.json';
import { MIN_CHARACTERS } from '../auth/password-rules';
import { ABSOLUTE_SECONDS, IDLE_SECONDS, STEP_UP_SECONDS } from '../auth/session';
import { authorize } from '../authorize';
import type { Config, Ctx } from '../context';
import { systemLinks } from '../pay-page/system';
import { API_REQUESTS_SECONDS, PAGE_CHECKS_SECONDS } from '../retention/rules';
import { executor } from '../transact';

/** Headers as they were served just now, or null where the address could not be asked from here. */
export type ServedPage = { name: string; status: number | null; headers: Record<string, string> | null };
/** What an assessor asks for, as it is at this moment. */
export type Evidence = {
  madeAt: string;
  mode: string;
  versions: Record<string, string>;
  scripts: typeof scripts;
  pages: ServedPage[];
  pageCheck: { result: string; findings: string[]; lookedAt: string } | null;
  policy: Record<string, string>;
  requirements: readonly PciRequirement[];
};

const HEADERS = [
  'content-security-policy',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'cache-control',
];
const ASK_MS = 3_000;

/** Asks an address of this installation, as a browser would. */
async function served(name: string, url: string): Promise<ServedPage> {
  try {
    const signal = AbortSignal.timeout(ASK_MS);
    const { status, headers, body } = await fetch(url, { redirect: 'manual', signal });
    await body?.cancel();
    const told = HEADERS.flatMap((header) => {
      const value = headers.get(header);
      return value === null ? [] : [[header, value] as const];
    });
    return { name, status, headers: Object.fromEntries(told) };
  } catch {
    return { name, status: null, headers: null };
  }
}

const servedPages = (config: Config): Promise<ServedPage[]> =>
  Promise.all([
    ...systemLinks(config).map((url) => served(`Payer’s page at ${new URL(url).origin}`, url)),
    served(
      `Card form at ${config.cardUrl}`,
      `${config.cardUrl}/form?o=${encodeURIComponent(config.portalUrl)}&l=en`,
    ),
  ]);

const days = (seconds: number): string => `${seconds / 86_400} days`;

const POLICY: Record<string, string> = {
  'A session idles out after': `${IDLE_SECONDS / 60} minutes`,
  'A session ends after': `${ABSOLUTE_SECONDS / 3600} hours`,
  'A fresh proof lasts': `${STEP_UP_SECONDS / 60} minutes`,
  'Passwords have at least': `${MIN_CHARACTERS} characters`,
  'Audit entries are kept': 'for good',
  'API requests are kept': days(API_REQUESTS_SECONDS),
  'Looks at the payer’s page are kept': days(PAGE_CHECKS_SECONDS),
  'Card data is kept': 'never',
};

/** What holds for card data in this installation, read and asked now. */
export async function readEvidence(ctx: Ctx): Promise<Outcome<Evidence>> {
  const allowed = authorize(ctx, 'evidence:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const [check, madeAt, postgres] = [
    await findLastPageCheck(tx),
    await readNow(tx),
    await readServerVersion(tx),
  ];
  return ok({
    madeAt: madeAt.toISOString(),
    mode: ctx.config.mode,
    versions: {
      'Counterfoil, portal and card process': packageJson.version,
      Node: process.version.slice(1),
      PostgreSQL: postgres,
    },
    scripts,
    pages: await servedPages(ctx.config),
    pageCheck: check
      ? { result: check.result, findings: check.findings, lookedAt: check.lookedAt.toISOString() }
      : null,
    policy: POLICY,
    requirements: PCI_REQUIREMENTS,
  });
}
