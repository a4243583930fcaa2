/** `npm run verify:page`: the payer's page in a real browser, against what an operator has signed. See docs/operations.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseLinkTokenKeys } from '@/lib/link-tokens';
import { originsIn } from '@/lib/origins';
import { systemLinks } from '@/lib/pay-page/system';
import { readVariable } from '../../launcher/variables';
import { differences, readBaseline, unlistedScripts, writeBaseline } from './baseline';
import { look, type Seen } from './look';
import { NotLooked } from './not-looked';

export const USAGE = `npm run verify:page -- [options]

Opens the payer's page in a real browser and compares what the browser gets with the signed baseline:
every script, frame, form and header of the page, of the card form in it and of the pages around a payment.

  --url ADDRESS     a page to look at, as often as there are domains; else those of the installation in DATA_DIR, or of
                    PORTAL_URL, PAY_ORIGINS and LINK_TOKEN_KEYS
  --baseline FILE   the baseline; else PAGE_BASELINE_PATH, else page-baseline.json in DATA_DIR
  --public-key KEY  the key it is signed with; else PAGE_BASELINE_PUBLIC_KEY
  --sign            signs what is seen now as the baseline, and prints the public key
  --key FILE        the private key (Ed25519, PEM) to sign with; else PAGE_BASELINE_KEY or PAGE_BASELINE_KEY_FILE
  --proxy ADDRESS   the way out for the browser
  --link            prints the addresses to look at from another machine, and looks at nothing
  --json            prints {result, findings} for programs

Ends with 0 where the page is as signed, with 1 where it differs, with 2 where it could not be looked at.`;

const OPTIONS = {
  url: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  'public-key': { type: 'string' },
  sign: { type: 'boolean' },
  key: { type: 'string' },
  proxy: { type: 'string' },
  link: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
type Options = ReturnType<typeof optionsOf>;
const optionsOf = (args: string[]) => parseArgs({ args, options: OPTIONS }).values;

/** `code`: what the program ends with. */
type Verdict = { code: 0 | 1 | 2; result: 'as_signed' | 'differs' | 'not_looked'; findings: string[] };

const dataDir = (): string => readVariable('DATA_DIR') ?? 'data';

function readKept(name: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(dataDir(), name), 'utf8'));
  } catch {
    return {};
  }
}

/** The page of this machine's installation that belongs to no link, at each of its domains. */
function ownAddresses(): string[] {
  const portalUrl = readVariable('PORTAL_URL') ?? readKept('first-run.json').portalUrl;
  const keys = readVariable('LINK_TOKEN_KEYS') ?? readKept('secrets.json').LINK_TOKEN_KEYS;
  if (typeof portalUrl !== 'string' || typeof keys !== 'string')
    throw new NotLooked('There is no installation here: name the page with --url.');
  const payOrigins = originsIn(readVariable('PAY_ORIGINS') ?? '');
  return systemLinks({ portalUrl, payOrigins, linkTokenKeys: parseLinkTokenKeys(keys) });
}

const baselinePath = ({ baseline }: Options): string =>
  baseline ?? readVariable('PAGE_BASELINE_PATH') ?? join(dataDir(), 'page-baseline.json');

function compare(options: Options, seen: Seen): Verdict {
  const publicKey = options['public-key'] ?? readVariable('PAGE_BASELINE_PUBLIC_KEY');
  if (!publicKey) throw new NotLooked('PAGE_BASELINE_PUBLIC_KEY is not set: --sign prints it.');
  const path = baselinePath(options);
  const baseline = readBaseline(path, publicKey);
  const findings = baseline
    ? differences(baseline, seen)
    : [`${path} is not signed with this key: somebody may have changed it`];
  return findings.length > 0
    ? { code: 1, result: 'differs', findings }
    : { code: 0, result: 'as_signed', findings };
}

/** Signs what is seen. A script that nobody has accepted into the manifest is not signed. */
function signSeen(root: string, options: Options, seen: Seen): string[] {
  const key = options.key ? readFileSync(options.key, 'utf8') : readVariable('PAGE_BASELINE_KEY');
  if (!key) throw new NotLooked('Name the private key to sign with: --key FILE or PAGE_BASELINE_KEY.');
  const unlisted = unlistedScripts(
    seen,
    JSON.parse(readFileSync(join(root, 'docs', 'scripts.json'), 'utf8')),
  );
  if (unlisted.length > 0)
    throw new NotLooked(`Not signed, docs/scripts.json does not list: ${unlisted.join('; ')}.`);
  const path = baselinePath(options);
  const publicKey = writeBaseline(path, seen, key, new Date());
  const documents = Object.entries(seen.documents).flatMap(([name, lines]) => [
    name,
    ...lines.map((line) => `  ${line}`),
  ]);
  return [...documents, '', `Signed in ${path}.`, `PAGE_BASELINE_PUBLIC_KEY=${publicKey}`];
}

async function verdictOf(options: Options, addresses: readonly string[]): Promise<Verdict> {
  try {
    return compare(options, await look(addresses, options.proxy));
  } catch (error) {
    if (!(error instanceof NotLooked)) throw error;
    return { code: 2, result: 'not_looked', findings: [error.message] };
  }
}

const WORDS = {
  as_signed: 'The page is as it was signed.',
  differs: 'The page is not as it was signed:',
  not_looked: 'The page was not looked at:',
};

/** Looks, and says what was seen; what the program ends with. */
export async function main(root: string, args: string[], say: (line: string) => void): Promise<number> {
  try {
    const options = optionsOf(args);
    const addresses = options.url ?? ownAddresses();
    if (options.link) {
      say(addresses.join('\n'));
      return 0;
    }
    if (options.sign) {
      for (const line of signSeen(root, options, await look(addresses, options.proxy))) say(line);
      return 0;
    }
    const { code, result, findings } = await verdictOf(options, addresses);
    if (options.json) say(JSON.stringify({ result, findings }));
    else for (const line of [WORDS[result], ...findings.map((one) => `  ${one}`)]) say(line);
    return code;
  } catch (error) {
    say(error instanceof Error ? error.message : 'It could not be looked at.');
    return 2;
  }
}
