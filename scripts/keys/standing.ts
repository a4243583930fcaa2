/** What depends on which key of an installation, and what may be taken out. */
import { countLinkKeys, countSessions } from '@/db/queries/keys';
import { ABSOLUTE_SECONDS } from '@/lib/auth/session';
import { dataKeyUse } from '@/lib/operations/data-key';
import type { Installation } from '../launcher/installation';
import { type Key, KINDS, type KindName, keysOf } from './kinds';

/** Tickets, handles and passes are good for a quarter of an hour at the most. */
const SHORT_MS = 15 * 60_000;

/** `uses`: by the id of the key, in words. `holds`: why the older keys must stay. `loses`: what would be lost with them, if somebody says so. */
export type Standing = {
  name: KindName;
  keys: Key[];
  changedAt: string | null;
  uses: Map<string, string>;
  holds: string | null;
  loses: string | null;
};
type Found = Partial<Pick<Standing, 'uses' | 'holds' | 'loses'>>;

async function ofLinks({ services }: Installation, [first]: Key[]): Promise<Found> {
  const rows = await countLinkKeys(services.db);
  const uses = new Map(
    rows.map(({ id, open, over, since }) => [
      String(id),
      `open links ${open}, addresses of links that are over ${over}, since ${since}`,
    ]),
  );
  const older = rows.filter(({ id }) => String(id) !== first?.id);
  const open = older.reduce((sum, row) => sum + row.open, 0);
  const over = older.reduce((sum, row) => sum + row.over, 0);
  const until = older
    .filter((row) => row.open > 0)
    .map((row) => row.until)
    .sort()
    .at(-1);
  return {
    uses,
    holds: open > 0 ? `Open links under an older key: ${open}. The last ends ${until}.` : null,
    loses:
      over > 0
        ? `Addresses of links that are over, receipts among them, that would open no more: ${over}.`
        : null,
  };
}

async function ofData({ services }: Installation, [first]: Key[]): Promise<Found> {
  const all = await dataKeyUse(services);
  const uses = new Map<string, string>();
  for (const id of new Set(all.map((one) => one.id))) {
    const parts = all.filter((one) => one.id === id).map(({ where, count }) => `${where} ${count}`);
    uses.set(String(id), parts.join(', '));
  }
  const older = all.filter(({ id }) => String(id) !== first?.id);
  const isKept = all.some(({ where }) => where.startsWith('kept_keys'));
  const left = older.map(({ where, count }) => `${where} ${count}`).join(', ');
  if (older.length > 0)
    return { uses, holds: `Under an older key still: ${left}. Run npm run keys -- reencrypt.` };
  return { uses, holds: isKept ? null : 'Run npm run keys -- reencrypt first.' };
}

async function ofCookies({ services }: Installation, changed: string | null): Promise<Found> {
  const count = await countSessions(services.db, changed, ABSOLUTE_SECONDS);
  return { loses: count > 0 ? `Sign-ins that would end: up to ${count}.` : null };
}

function ofCalls(changed: string | null): Found {
  if (changed === null)
    return {
      loses:
        'Nobody has noted when it was changed: a payment that is under way would fail if that was just now.',
    };
  const until = Date.parse(changed) + SHORT_MS;
  return Date.now() < until
    ? { holds: `A payment may be under way with the old one until ${new Date(until).toISOString()}.` }
    : {};
}

const found = (
  open: Installation,
  name: KindName,
  keys: Key[],
  changed: string | null,
): Found | Promise<Found> => {
  if (name === 'link-tokens') return ofLinks(open, keys);
  if (name === 'data') return ofData(open, keys);
  if (name === 'auth') return ofCookies(open, changed);
  if (name === 'webhooks')
    return { loses: 'Reports that the provider still signs with the old secret would be refused.' };
  return ofCalls(changed);
};

export async function standingOf(
  open: Installation,
  name: KindName,
  changedAt: (variable: string) => string | null,
): Promise<Standing> {
  const kind = KINDS[name];
  const keys = keysOf(kind, open.secrets[kind.variable]);
  const changed = changedAt(kind.variable);
  const { uses = new Map(), holds = null, loses = null } = await found(open, name, keys, changed);
  return { name, keys, changedAt: changed, uses, holds, loses };
}
