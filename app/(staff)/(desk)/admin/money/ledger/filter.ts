import { isDay, nextDay, startOfDay } from '@/core/days';
import { isId } from '@/core/ids';
import { LEDGER_KINDS, type LedgerKind } from '@/core/ledger';
import { one } from '../_parts/named';

/** What is chosen on the screen: days of the merchant's zone, both included. */
export type LedgerFilter = {
  from?: string;
  to?: string;
  kind?: LedgerKind;
  currency?: string;
  link?: string;
};

/** The filter that an address asks for. What it does not know, it leaves out. */
export function filterFrom(query: Record<string, string | string[] | undefined>): LedgerFilter {
  const [from, to, currency, link] = (['from', 'to', 'currency', 'link'] as const).map((name) =>
    one(query, name),
  );
  const kind = LEDGER_KINDS.find((known) => known === query.kind);
  const code = currency?.trim().toUpperCase();
  return {
    ...(from && isDay(from) && { from }),
    ...(to && isDay(to) && { to }),
    ...(kind && { kind }),
    ...(code && /^[A-Z]{3}$/.test(code) && { currency: code }),
    ...(link && isId('paymentLink', link) && { link }),
  };
}

/** The same as the ledger is asked for it: instants, the end not included, newest first. */
export const ledgerQuery = (
  { from, to, link, ...rest }: LedgerFilter,
  zone: string,
): Record<string, string> => ({
  ...rest,
  ...(from && { from: startOfDay(from, zone).toISOString() }),
  ...(to && { to: startOfDay(nextDay(to), zone).toISOString() }),
  ...(link && { paymentLink: link }),
  order: 'newest',
  limit: '50',
});
