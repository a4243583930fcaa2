import { moneyText } from '@/app/_components/format';
import type { DeskLink } from '@/lib/payment-links';

/** What a list says below the status of a link: what to do, or to leave; null where the status says it all. */
export function lineOf(link: DeskLink): string | null {
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: link.currency });
  if (link.status === 'processing') return whilePaid(link);
  if (link.refundingMinor > 0) return `Refund of ${money(link.refundingMinor)} under way`;
  if (link.asksAnew) return 'Customer asks for a new link';
  const part = link.capturedMinor > 0 && link.amountType === 'partial';
  switch (link.status) {
    case 'partially_paid':
      return `${money((link.amountMinor ?? 0) - link.capturedMinor)} still to pay`;
    case 'paid':
      if (link.canceledAt) return 'Late: after it was canceled';
      return link.amountType === 'open' ? `${money(link.capturedMinor)} paid` : null;
    case 'partially_refunded':
      return `${money(link.refundedMinor)} refunded`;
    case 'disputed':
      return `${money(link.disputedMinor)} taken back`;
    case 'locked':
      return 'Too many tries: unlock it';
    case 'expired':
    case 'canceled':
      return part ? `${money(link.capturedMinor)} was paid` : null;
    default:
      return null;
  }
}

/** Whatever it is that is under way, nobody may ask for the money again until it has ended. */
function whilePaid({ underWay, canceledAt }: DeskLink): string {
  if (canceledAt) return 'Canceled while being paid. Do not ask again';
  if (underWay === 'unknown') return 'Outcome unknown. Do not ask again';
  if (underWay === 'requires_action') return 'Bank check. Do not ask again';
  return underWay === 'authorized' ? 'Money held. Do not ask again' : 'Do not ask again';
}
