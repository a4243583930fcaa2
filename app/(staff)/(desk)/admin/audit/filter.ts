import { AUDIT_GROUPS, type AuditGroup } from '@/core/audit-acts';

export const GROUP_WORDS: Record<AuditGroup, string> = {
  links: 'Payment links',
  payments: 'Payments and refunds',
  money: 'Money and alerts',
  settings: 'Settings',
  people: 'People and sign-in',
  systems: 'API and webhooks',
  trail: 'This log',
};
export const PERIODS = { '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days' } as const;

const NAMES = ['kind', 'person', 'subject', 'days', 'cursor'] as const;
/** What is chosen on the screen. */
export type AuditQuery = Partial<Record<(typeof NAMES)[number], string>>;

export const filterFrom = (asked: Record<string, string | string[] | undefined>): AuditQuery => ({
  ...Object.fromEntries(
    NAMES.flatMap((name) => (typeof asked[name] === 'string' && asked[name] ? [[name, asked[name]]] : [])),
  ),
});

/** What the verb is asked for. A word that is not one of ours is left out. */
export function verbQuery({ kind, days, ...same }: AuditQuery, now: Date): Record<string, string> {
  const known = AUDIT_GROUPS.find((one) => one === kind);
  return {
    ...same,
    ...(known && { kind: known }),
    ...(days &&
      days in PERIODS && { from: new Date(now.getTime() - Number(days) * 86_400_000).toISOString() }),
  };
}

export function addressOf(query: AuditQuery): string {
  const text = new URLSearchParams(query).toString();
  return text ? `/admin/audit?${text}` : '/admin/audit';
}

const PLACES: readonly [string, string][] = [
  ['plink_', '/admin/links/'],
  ['prof_', '/admin/profiles/'],
  ['we_', '/admin/webhooks/'],
  ['plb_', '/admin/import/'],
  ['bulk_', '/admin/bulk/'],
  ['bal_', '/admin/money/balance/'],
];

/** Where an object is shown, if it has a screen. */
export function placeOf(subject: string): string | null {
  const place = PLACES.find(([prefix]) => subject.startsWith(prefix));
  return place ? place[1] + subject : null;
}
