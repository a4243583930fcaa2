import type { ChallengeKind } from '@/core/challenge';
import { isId } from '@/core/ids';
import type { LinkTokenClaims } from '@/core/link-token';
import { asLocale, type Locale } from '@/core/messages';
import { CHANNELS, type Channel } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { type ChallengeRow, findChallenge } from '@/db/queries/challenges';
import type { MerchantRow } from '@/db/queries/merchants';
import { listLinkMessages } from '@/db/queries/messages';
import { type Issuer, type ReceiptEntry, readPayPageRows } from '@/db/queries/pay-page';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { findNewestTokens, type PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config, Ctx, Services } from '../context';
import { type Asking, askingFor } from '../link-requests/asking';
import { readLinkToken } from '../link-tokens';
import { isPass, mintPass } from '../link-tokens/challenge';
import { payerNetwork } from '../network';
import { type Details, detailsOf } from '../payment-links/details';
import { addressFor } from '../payment-links/internal';
import { originOf } from '../payment-links/view';
import { type ReceiptMail, receiptMailOf } from '../receipts/send';
import { decidingAttempt, gatedState, type PageState, stateOf } from './state';
import { SYSTEM_MERCHANT, systemPage } from './system';

export type PayPage = {
  state: PageState;
  link: PaymentLinkRow;
  merchant: MerchantRow;
  /** The language it is told in: the one that was chosen on it, else the link's. */
  locale: Locale;
  /** The attempt that decides the state: the one that paid, or the one under way. */
  attempt: PaymentAttemptRow | null;
  /** All attempts, oldest first. */
  attempts: PaymentAttemptRow[];
  /** What came in and what was given back, oldest first. */
  entries: ReceiptEntry[];
  /** Of the domain that its address is given with. */
  origin: string;
  /** True while this address is the one that opens the link: only it can act. */
  live: boolean;
  /** On a page that can be paid: how it stands with details that the merchant's system has. */
  details: Details | null;
  /** On an expired page: how a new link is asked for. */
  asking: Asking | null;
  issuer: Issuer;
  /** On a receipt: whether it can be had by e-mail. */
  receiptMail: ReceiptMail | null;
  /** On a replaced page: where the newest address went. */
  sentTo: SentTo[];
  /** False while a question stands before it: of the link only that may be told which its page says to anybody. */
  isShown: boolean;
  /** What was left by the right answer and opens this page, as it stands in its address. */
  pass: string | null;
  /** What is asked before anything is shown. */
  question: Question | null;
};

/** A question, and how it stands. `sentTo`: where its passcode goes. */
export type Question = {
  kind: ChallengeKind;
  answersLeft: number;
  sentTo: SentTo | null;
  hasPasscode: boolean;
  passcodesLeft: number;
};

/** Who asks, for what a page offers to some and not to all; in which language, where one was chosen; what opens it; and at which origin. */
export type Reader = { address?: string; locale?: Locale | null; pass?: string | null; origin?: string };

export type SentTo = { channel: Channel; address: string };

/** `forged`: not made by us, refused without a query. `unknown`: ours once, but there is no such link any more. */
export type Opened = { kind: 'forged' } | { kind: 'unknown' } | { kind: 'page'; page: PayPage };

/** Reads what a link's address leads to, by the database's clock. Changes nothing, whoever asks and how often. */
export async function openPayPage(services: Services, token: string, reader: Reader = {}): Promise<Opened> {
  const claims = readLinkToken(services.config.linkTokenKeys, token);
  if (!claims) return { kind: 'forged' };
  const { address, locale = null, pass = null, origin = services.config.portalUrl } = reader;
  if (claims.merchantId === SYSTEM_MERCHANT)
    return { kind: 'page', page: systemPage(locale ?? 'en', origin) };
  const network =
    payerNetwork({ config: services.config, ...(address !== undefined && { address }) }) ?? null;
  const isGood = (now: Date): boolean =>
    pass !== null && isPass(services.config.linkTokenKeys, claims, pass, now);
  return readPage(services.config, services.db, claims, { network, locale, pass, isGood });
}

type Asker = {
  network: string | null;
  locale: Locale | null;
  pass: string | null;
  /** Whether the pass opens this address, at a moment of the database's clock. */
  isGood: (now: Date) => boolean;
};

async function readPage(
  config: Config,
  tx: Executor,
  claims: LinkTokenClaims,
  asker: Asker,
): Promise<Opened> {
  const rows = await readPayPageRows(tx, claims.merchantId, claims.tokenId);
  if (!rows) return { kind: 'unknown' };
  const { token: row, link, merchant, issuer, attempts, entries, lookup } = rows;
  const pastCeiling = claims.expiresAtSeconds * 1000 <= link.now.getTime();
  const truth = stateOf({ ...link, expired: link.expired || pastCeiling }, row.state, attempts);
  const hasPass = asker.isGood(link.now);
  const challenge = hasPass || !link.challenge ? undefined : await findChallenge(tx, link);
  const state = challenge ? gatedState(truth, row.state, challenge) : truth;
  const hasReceipt = !challenge && entries.length > 0;
  const page: PayPage = {
    state,
    link,
    merchant,
    locale: asker.locale ?? ownLocale(link),
    ...(challenge
      ? { attempt: null, attempts: [], entries: [] }
      : { attempt: decidingAttempt(state, attempts), attempts, entries }),
    origin: originOf(config, row),
    live: row.state === 'live',
    details: state === 'ready' ? detailsOf(link, lookup) : null,
    asking: state === 'expired' ? await askingFor({ config }, tx, link, asker.network) : null,
    issuer,
    receiptMail: !hasReceipt || row.state !== 'live' ? null : await receiptMailOf(tx, link),
    sentTo: state === 'replaced' ? await sentToOf(tx, link) : [],
    isShown: challenge === undefined,
    pass: hasPass ? asker.pass : null,
    question: state === 'verification' && challenge ? questionOf(link, challenge) : null,
  };
  return { kind: 'page', page };
}

function questionOf(link: PaymentLinkRow, challenge: ChallengeRow): Question | null {
  const { channel, answersLeft, hasPasscode, passcodesLeft } = challenge;
  const address = channel && addressFor(link, channel);
  const sentTo = channel && address ? { channel, address } : null;
  return link.challenge && { kind: link.challenge, answersLeft, sentTo, hasPasscode, passcodesLeft };
}

/** What a right answer leaves with the page of this address. */
export function passFor({ config }: Services, { link }: PayPage, token: string): string {
  const claims = readLinkToken(config.linkTokenKeys, token);
  if (!claims) throw new Error('a page was opened by its token');
  return mintPass(config.linkTokenKeys, claims, link.now);
}

/** The language in which a link was issued and is told where none is chosen. */
export const ownLocale = (link: PaymentLinkRow): Locale => asLocale(link.locale) ?? 'en';

/** Where the newest address of a link went, as far as a provider has not said that it did not arrive. */
async function sentToOf(tx: Executor, { merchantId, id }: PaymentLinkRow): Promise<SentTo[]> {
  const [token] = await findNewestTokens(tx, merchantId, [id]);
  const messages = await listLinkMessages(tx, merchantId, id);
  return CHANNELS.flatMap((channel) => {
    const sent = messages.find(
      (one) =>
        one.channel === channel &&
        one.template === 'payment_request' &&
        token !== undefined &&
        one.createdAt >= token.createdAt &&
        ['queued', 'sent', 'delivered'].includes(one.state),
    );
    return sent ? [{ channel, address: sent.recipient }] : [];
  });
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
