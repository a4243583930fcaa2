import { isId } from '@/core/ids';
import type { LinkTokenClaims } from '@/core/link-token';
import { statusOf } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { findMerchant, type MerchantRow } from '@/db/queries/merchants';
import { listAttempts, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { findLinkToken, findPaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx, Services } from '../context';
import { readLinkToken } from '../link-tokens';

/** What a payer who opens a link sees. Each is a page of its own. */
export const PAGE_STATES = [
  'ready',
  'paid',
  'processing',
  'challenge',
  'confirming',
  'expired',
  'canceled',
  'replaced',
  'locked',
] as const;
export type PageState = (typeof PAGE_STATES)[number];

export type PayPage = {
  state: PageState;
  link: PaymentLinkRow;
  merchant: MerchantRow;
  /** The attempt that decides the state: the one that paid, or the one under way. */
  attempt: PaymentAttemptRow | null;
  /** All attempts, oldest first. */
  attempts: PaymentAttemptRow[];
};

/** `forged`: not made by us, refused without a query. `unknown`: ours once, but there is no such link any more. */
export type Opened = { kind: 'forged' } | { kind: 'unknown' } | { kind: 'page'; page: PayPage };

/** One moment for all that a page tells: a link and its attempts change together, so they are read together. */
const SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/** Reads what a link's address leads to, by the database's clock. Changes nothing, whoever asks and how often. */
export async function openPayPage(services: Services, token: string): Promise<Opened> {
  const claims = readLinkToken(services.config.linkTokenKeys, token);
  if (!claims) return { kind: 'forged' };
  return services.db.transaction((tx) => readPage(tx, claims), SNAPSHOT);
}

async function readPage(tx: Executor, claims: LinkTokenClaims): Promise<Opened> {
  const row = await findLinkToken(tx, claims.merchantId, claims.tokenId);
  if (!row) return { kind: 'unknown' };
  const { merchantId } = row;
  const [link, merchant, attempts] = await Promise.all([
    findPaymentLink(tx, { merchantId, id: row.paymentLinkId }),
    findMerchant(tx, merchantId),
    listAttempts(tx, merchantId, row.paymentLinkId),
  ]);
  if (!link || !merchant) return { kind: 'unknown' };
  const pastCeiling = claims.expiresAtSeconds * 1000 <= link.now.getTime();
  const state = stateOf({ ...link, expired: link.expired || pastCeiling }, row.state, attempts);
  const attempt =
    attempts.find((one) => (state === 'paid' ? one.state === 'succeeded' : isUnderWay(one))) ?? null;
  return { kind: 'page', page: { state, link, merchant, attempt, attempts } };
}

const isUnderWay = ({ state }: PaymentAttemptRow): boolean =>
  state === 'submitted' || state === 'requires_action' || state === 'unknown' || state === 'authorized';

function stateOf(link: PaymentLinkRow, token: string, attempts: PaymentAttemptRow[]): PageState {
  const status = statusOf(link);
  switch (status) {
    case 'paid':
    case 'partially_refunded':
    case 'refunded':
      return 'paid';
    case 'processing': {
      const open = attempts.find(isUnderWay);
      if (open?.state === 'unknown') return 'confirming';
      return open?.state === 'requires_action' ? 'challenge' : 'processing';
    }
    case 'canceled':
      return 'canceled';
    case 'expired':
      return token === 'superseded' ? 'replaced' : 'expired';
    case 'locked':
      return 'locked';
    default:
      if (token === 'superseded') return 'replaced';
      return token === 'revoked' ? 'canceled' : 'ready';
  }
}

/** The act of the person who holds this page. */
export const payerCtx = (services: Services, page: PayPage, requestId: string, address: string): Ctx => ({
  ...services,
  merchantId: page.link.merchantId,
  actor: { kind: 'payer' },
  requestId,
  address,
});

/** The attempt of this link that a payer asks about; anything else is not there. */
export const attemptOf = (page: PayPage, id: string | null): PaymentAttemptRow | null =>
  (id && isId('paymentAttempt', id) && page.attempts.find((one) => one.id === id)) || null;
