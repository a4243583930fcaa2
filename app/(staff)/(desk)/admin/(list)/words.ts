import { dayText, moneyText } from '@/app/_components/format';
import { type LastDays, periodFrom } from '@/core/link-period';
import type { FilterChoices } from '@/lib/payment-links';
import type { LinkFilter } from './filter';

export const SENT_WORDS = { email: 'Sent by e-mail', sms: 'Sent by SMS', none: 'Not sent' };
export const LAST_WORDS: Record<LastDays, string> = {
  today: 'Today',
  '7': 'Last 7 days',
  '30': 'Last 30 days',
};

function periodText(text: string): string {
  const period = periodFrom(text);
  if (!period) return '';
  if ('last' in period) return `Created: ${LAST_WORDS[period.last].toLowerCase()}`;
  const { from, to } = period;
  if (from === to) return `Created on ${dayText(from)}`;
  if (!to) return `Created from ${dayText(from)}`;
  return from ? `Created ${dayText(from)} to ${dayText(to)}` : `Created until ${dayText(to)}`;
}

function amountText({ currency = '', minAmountMinor: min, maxAmountMinor: max }: LinkFilter): string {
  const money = (minor: string) => moneyText({ amountMinor: Number(minor), currency });
  if (min && max) return min === max ? money(min) : `${money(min)} to ${money(max)}`;
  if (min) return `${money(min)} or more`;
  return max ? `${money(max)} or less` : `In ${currency}`;
}

type Chip = { label: string; names: readonly (keyof LinkFilter)[] };

/** What the list is narrowed to, each in words with the parts of the address that say it. Status and words stand elsewhere. */
export function chipsOf(filter: LinkFilter, { makers, profiles }: FilterChoices): Chip[] {
  const { period, agent, profile, channel, currency, batch } = filter;
  const named = (all: FilterChoices['makers'], id: string) => all.find((one) => one.id === id)?.name ?? id;
  const chips: (Chip | undefined)[] = [
    period ? { label: periodText(period), names: ['period'] } : undefined,
    agent ? { label: `Created by ${named(makers, agent)}`, names: ['agent'] } : undefined,
    profile ? { label: `Profile ${named(profiles, profile)}`, names: ['profile'] } : undefined,
    channel && { label: SENT_WORDS[channel], names: ['channel'] },
    currency
      ? { label: amountText(filter), names: ['currency', 'minAmountMinor', 'maxAmountMinor'] }
      : undefined,
    batch ? { label: 'From one import', names: ['batch'] } : undefined,
  ];
  return chips.filter((chip) => chip !== undefined);
}
