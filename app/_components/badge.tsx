import type { LinkStatus } from '@/core/payment-link';
import { cx } from './cx';

export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'plain' | 'accent';

const TONES: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  plain: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent',
};

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: string }) {
  return <span className={cx('badge', TONES[tone])}>{children}</span>;
}

const STATUS: Record<LinkStatus, { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'plain' },
  active: { label: 'Active', tone: 'accent' },
  processing: { label: 'Being paid', tone: 'info' },
  locked: { label: 'Locked', tone: 'warn' },
  partially_paid: { label: 'Partly paid', tone: 'info' },
  paid: { label: 'Paid', tone: 'ok' },
  partially_refunded: { label: 'Partly refunded', tone: 'plain' },
  refunded: { label: 'Refunded', tone: 'plain' },
  disputed: { label: 'Disputed', tone: 'bad' },
  expired: { label: 'Expired', tone: 'warn' },
  canceled: { label: 'Canceled', tone: 'plain' },
};

export const statusLabel = (status: LinkStatus): string => STATUS[status].label;

export function StatusBadge({ status }: { status: LinkStatus }) {
  const { label, tone } = STATUS[status];
  return <Badge tone={tone}>{label}</Badge>;
}
