import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Recent } from '../recent';
import { isPublicAddress } from './addresses';

export type Address = { address: string; family: number };
/** Every A and AAAA record of a name. Throws when there is none. */
export type Resolve = (hostname: string) => Promise<Address[]>;

/** Where a request may go: the checked URL and the only addresses that may be dialled for it. */
export type Target = { url: URL; addresses: Address[] };
/** `late`: nothing is wrong with it as far as is known; its name was not resolved in time. */
export type Checked = { ok: true; target: Target } | { ok: false; reason: string; late?: true };

const DNS_BUDGET_MS = 3_000;
const PORTS = new Set(['', '443', '8443']);
/** Names that only mean something inside a network (RFC 6761, RFC 9476 and common private zones). */
const PRIVATE_ZONES =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|lan|home|corp|svc|onion|invalid|home\.arpa)$/;

/** What a name leads to is asked for once in this time, however much is sent there. */
const KNOWN_MS = 5_000;
type Known = { until: number; addresses: Promise<Address[]> };

/**
 * Answers of `ask`, at most five seconds old; one that failed is not kept. A name that hangs is asked for once, however often
 * it is wanted: each question holds a thread of the process until the system gives it up.
 */
export function remembered(ask: Resolve): Resolve {
  const known = new Recent<Known>(5_000);
  const begin = (hostname: string) => (): Known => {
    const one: Known = { until: Number.POSITIVE_INFINITY, addresses: ask(hostname) };
    one.addresses.then(
      () => {
        one.until = performance.now() + KNOWN_MS;
      },
      () => known.forget(hostname),
    );
    return one;
  };
  return (hostname) => {
    if (known.get(hostname, begin(hostname)).until < performance.now()) known.forget(hostname);
    return known.get(hostname, begin(hostname)).addresses;
  };
}

/** Asks the system. */
export const systemResolve: Resolve = remembered((hostname) =>
  lookup(hostname, { all: true, verbatim: true }),
);

const refused = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

/** The origins of a list as it was read, each list once. */
const origins = new WeakMap<readonly string[], ReadonlySet<string>>();

function originsOf(allow: readonly string[]): ReadonlySet<string> {
  const known =
    origins.get(allow) ??
    new Set(allow.filter((entry) => URL.canParse(entry)).map((entry) => new URL(entry).origin));
  origins.set(allow, known);
  return known;
}

/** True when the URL's origin is exactly one of those in EGRESS_ALLOW. */
const isAllowed = ({ origin }: URL, allow: readonly string[]): boolean =>
  origin !== 'null' && originsOf(allow).has(origin);

/**
 * What a URL may look like before anything is asked of the network: https to a public name on an allowed port, spelled
 * plainly. An exact origin in `allow` is exempt from scheme, name and port, not from the spelling.
 */
export function checkSpelling(
  text: string,
  allow: readonly string[],
): { ok: true; url: URL } | { ok: false; reason: string } {
  if (text.length > 2_000) return refused('is too long');
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(text)) return refused('holds blanks, backslashes or control characters');
  if (!/^https?:\/\/[^/?#]/i.test(text) || !URL.canParse(text)) return refused('must be an https:// address');
  const url = new URL(text);
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text))
    return refused('must not hold a user name or password');
  if (isAllowed(url, allow)) return { ok: true, url };
  if (url.protocol !== 'https:') return refused('must be an https:// address');
  if (url.hostname.startsWith('[') || isIP(url.hostname))
    return refused('must name a host, not an IP address');
  const labels = url.hostname.split('.');
  if (labels.length < 2 || labels.some((label) => label === ''))
    return refused('must be a full public host name');
  if (PRIVATE_ZONES.test(url.hostname)) return refused('must be a full public host name');
  if (!PORTS.has(url.port)) return refused('must use port 443 or 8443');
  return { ok: true, url };
}

/**
 * Judges a URL and resolves its name, once: the addresses in the answer were all checked and are the ones to dial.
 * Refuses when any record is not of the public internet, and when the name does not resolve within three seconds, or less.
 */
export async function checkUrl(
  text: string,
  allow: readonly string[],
  resolve: Resolve = systemResolve,
  budgetMs: number = DNS_BUDGET_MS,
): Promise<Checked> {
  const spelling = checkSpelling(text, allow);
  if (!spelling.ok) return spelling;
  const { url } = spelling;
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  if (family) return { ok: true, target: { url, addresses: [{ address: literal, family }] } };
  const addresses = await resolveInTime(url.hostname, resolve, Math.min(budgetMs, DNS_BUDGET_MS));
  if (addresses === null) return { ...refused('names a host that does not resolve in time'), late: true };
  if (addresses.length === 0) return refused('names a host that does not resolve');
  if (!isAllowed(url, allow) && !addresses.every(({ address }) => isPublicAddress(address)))
    return refused('leads to an address that is not public');
  return { ok: true, target: { url, addresses } };
}

/** Null where the answer is not there in time. */
async function resolveInTime(
  hostname: string,
  resolve: Resolve,
  budgetMs: number,
): Promise<Address[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), budgetMs);
  });
  try {
    return await Promise.race([resolve(hostname).catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
