import { randomBytes, randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { passcodeChannel, plainAnswer } from '@/core/challenge';
import { takesCurrency, toWire } from '@/core/gateway-currencies';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { ceilingOf, LINK_LIFETIME_SECONDS, warningsDue } from '@/core/payment-link';
import { phraseOf } from '@/core/phrases';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { type Challenge, challengeRows } from '@/db/queries/challenges';
import { findMerchant, listProfiles, type MerchantRow, type ProfileRow } from '@/db/queries/merchants';
import { type LinkTokenRow, type PaymentLinkRow, paymentLinkRows } from '@/db/queries/payment-links';
import { insertRows } from '@/db/queries/rows';
import { actorId, actorName, type Ctx } from '../context';
import { challengeFault } from '../contracts/challenge';
import { createPaymentLinkInput, type PaymentLink } from '../contracts/payment-links';
import { findReceivers, firstEvents } from '../events/append';
import { audits } from '../events/audit';
import { isAdmitted } from '../gateways';
import { newId } from '../ids';
import { queueMessages } from '../messages/queue';
import { parseInput, refuseField } from '../parse';
import { type LinkAndToken, secondsAfter } from './internal';
import { paymentLinkView } from './view';

type Parsed = z.output<typeof createPaymentLinkInput>;
/** What a new link is judged against. */
export type Issuer = { merchant: MerchantRow; profiles: ProfileRow[] };
/** A link that may be issued: its callback was judged, and it is one of this profile. `lookedUp`: its details were found. */
export type Approved = {
  input: Parsed;
  profile: ProfileRow;
  callbackUrl: string | null;
  lookedUp?: boolean;
  /** The payment session that it is issued in. */
  sessionId?: string | undefined;
};

/** Phones and ids are not free text. */
export const EXEMPT: readonly string[] = ['customer.phone', 'profile'];

/** What is asked for with a new link. Refuses free text that holds a card number. */
export const parseLink = (raw: unknown): Outcome<Parsed> => parseInput(createPaymentLinkInput, raw, EXEMPT);

export async function loadIssuer({ merchantId }: Ctx, tx: Executor): Promise<Issuer> {
  const [merchant, profiles] = await Promise.all([
    findMerchant(tx, merchantId),
    listProfiles(tx, merchantId),
  ]);
  if (!merchant) throw new Error('no such merchant');
  return { merchant, profiles };
}

/** Judges a new link by the rules of its merchant, profile and gateway; its profile. */
export function judgeLink(ctx: Ctx, { merchant, profiles }: Issuer, input: Parsed): Outcome<ProfileRow> {
  const profile = chooseProfile(profiles, input.profile);
  if (!profile) return refuseField('profile', 'is not one of your payment profiles');
  if (!isAdmitted(ctx.config, profile.gateway))
    return refuseField('profile', 'uses the sandbox gateway, which moves no money: production refuses it');
  return (
    refuseInput(ctx, input, merchant) ??
    refuseMoney(profile, input) ??
    refuseChallenge(profile, input) ??
    ok(profile)
  );
}

/** What is asked with the link, or else by its profile. */
const withChallenge = (input: Parsed, { challenge: kind }: ProfileRow): Parsed =>
  input.challenge || !kind ? input : { ...input, challenge: { kind } };

/** What the profile asks of every payer must be there to ask. */
function refuseChallenge(profile: ProfileRow, input: Parsed) {
  const fault = challengeFault(withChallenge(input, profile));
  return (
    fault &&
    refuseField(fault.path.join('.'), `${fault.message}, as this payment profile does of every payer`)
  );
}

const chooseProfile = (profiles: ProfileRow[], wanted: string | undefined): ProfileRow | undefined =>
  wanted === undefined
    ? profiles.find((profile) => profile.isDefault)
    : profiles.find((profile) => profile.id === wanted || profile.name === wanted);

/** The gateway must be able to write every amount exactly, or the link could not be paid as it says. */
function refuseMoney({ gateway }: ProfileRow, input: Parsed) {
  const { currency } = input;
  if (!takesCurrency(gateway, currency))
    return refuseField('currency', 'is not taken by the gateway of this payment profile');
  const path = (['amountMinor', 'minAmountMinor', 'maxAmountMinor'] as const).find((name) => {
    const amountMinor = input[name];
    return amountMinor !== undefined && toWire(gateway, { amountMinor, currency }) === null;
  });
  const why = `cannot be charged exactly in ${currency} at the gateway of this payment profile`;
  return path ? refuseField(path, why) : null;
}

function refuseInput(ctx: Ctx, input: Parsed, merchant: MerchantRow): { ok: false; error: AppError } | null {
  const enabled = ctx.actor.kind === 'api_client' ? merchant.apiEnabled : merchant.buttonEnabled;
  if (!enabled) return refuse('forbidden', 'Taking payments this way is not enabled for your account.');
  if (input.returnUrl !== undefined && !merchant.returnUrls.includes(input.returnUrl))
    return refuseField('returnUrl', 'is not on the list of registered return addresses');
  return null;
}

/**
 * Issues links that were approved, in this transaction: rows, tokens, events, messages to send and audit entries, each
 * kind by one array for each column, however many they are. Their time is `expiresInSeconds` from now on the database's clock.
 */
export async function issueLinks(
  ctx: Ctx,
  tx: Executor,
  { merchant }: Issuer,
  allowed: readonly Approved[],
  batchId: string | null = null,
): Promise<PaymentLink[]> {
  if (allowed.length === 0) return [];
  const approved = allowed.map((one) => ({ ...one, input: withChallenge(one.input, one.profile) }));
  const called = approved.map(({ callbackUrl, profile }) => ({ callbackUrl, profileId: profile.id }));
  const [now, receiversOf] = await Promise.all([
    readNow(tx),
    findReceivers(ctx, tx, 'payment_link.created', called),
  ]);
  const made = approved.map((one) => {
    const link = linkRow(ctx, merchant, one, { now, batchId });
    return {
      link,
      token: tokenRow(ctx, link, merchant),
      send: one.input.send,
      challenge: challengeOf(one.input),
    };
  });
  const [links, tokens] = [made.map(({ link }) => link), made.map(({ token }) => token)];
  const views = made.map(({ link, token }) => ({
    link,
    data: paymentLinkView(ctx.config, link, token),
  }));
  const noted = links.map(({ id, amountType, amountMinor, currency }) => ({
    subject: id,
    data: { amountType, amountMinor, currency },
  }));
  await insertRows(
    tx,
    ...paymentLinkRows(links, tokens),
    challengeRows(
      made.flatMap(({ link, challenge }) =>
        challenge ? [{ merchantId: link.merchantId, paymentLinkId: link.id, ...challenge }] : [],
      ),
    ),
    ...firstEvents(ctx, 'payment_link.created', receiversOf, views),
    audits(ctx, 'payment_link.create', noted),
  );
  const messages = made.flatMap(({ link, send }) => send.map(({ channel }) => ({ link, channel })));
  await queueMessages(ctx, tx, messages);
  return views.map(({ data }) => data);
}

/** What the page asks first; null where it asks nothing. */
function challengeOf({ challenge, customer, send }: Parsed): Challenge | null {
  if (!challenge) return null;
  const sentBy = send.map(({ channel }) => channel);
  return {
    postcode: challenge.kind === 'postcode' ? plainAnswer(challenge.postcode) : null,
    channel: challenge.kind === 'passcode' ? passcodeChannel(customer, sentBy, challenge.channel) : null,
  };
}

type Moment = { now: Date; batchId: string | null };

/** The instant of an issue is a whole second. */
const issueOf = (now: Date): Date => new Date(Math.floor(now.getTime() / 1000) * 1000);

function linkRow(
  { merchantId, actor }: Ctx,
  merchant: MerchantRow,
  { input, profile, callbackUrl, lookedUp = false, sessionId }: Approved,
  { now, batchId }: Moment,
): LinkAndToken['link'] {
  const [a = 0, b = 0] = randomBytes(2);
  const { customer } = input;
  const debt = {
    amountType: input.amountType,
    amountMinor: input.amountMinor ?? null,
    minAmountMinor: input.minAmountMinor ?? null,
    maxAmountMinor: input.maxAmountMinor ?? null,
  };
  return {
    merchantId,
    id: newId('paymentLink'),
    profileId: profile.id,
    batchId,
    sessionId: sessionId ?? null,
    access: 'active',
    ...debt,
    ceilingMinor: ceilingOf(debt),
    currency: input.currency,
    ...NOTHING_HAPPENED,
    description: input.description ?? null,
    reference: input.reference ?? null,
    lineItems: input.lineItems ?? null,
    customerName: customer.name ?? null,
    customerEmail: customer.email ?? null,
    customerPhone: customer.phone ?? null,
    customerTimeZone: customer.timeZone ?? null,
    challenge: input.challenge?.kind ?? null,
    locale: input.locale ?? customer.locale ?? merchant.locale,
    channels: input.send.map((one) => one.channel),
    phrase: phraseOf(a, b),
    returnUrl: input.returnUrl ?? null,
    callbackUrl,
    metadata: input.metadata,
    livemode: merchant.livemode,
    createdByKind: actor.kind,
    createdById: actorId(actor),
    createdByName: actorName(actor),
    createdAt: now,
    updatedAt: now,
    expiresAt: secondsAfter(issueOf(now), input.expiresInSeconds),
    warnings: warningsDue(input.expiresInSeconds),
    expired: false,
    lookedUpAt: lookedUp ? now : null,
    erasedAt: null,
    lookupOutcome: lookedUp ? 'found' : null,
    now,
  };
}

/** A new link, of which its making is told as event 1. */
const NOTHING_HAPPENED = {
  ...{ capturedMinor: 0, heldMinor: 0, refundedMinor: 0, disputedMinor: 0 },
  ...{ version: 1, sequence: 1, reissues: 0 },
  ...{ openedAt: null, paidAt: null, canceledAt: null, unlockedAt: null },
} satisfies Partial<PaymentLinkRow>;

/** It says 72 hours from the issue, the longest that its link may be paid; the row says how long. */
const tokenRow = (
  ctx: Ctx,
  { merchantId, id, now }: PaymentLinkRow,
  { payOrigin }: MerchantRow,
): LinkTokenRow => ({
  merchantId,
  id: randomUUID(),
  paymentLinkId: id,
  state: 'live',
  keyId: ctx.config.linkTokenKeys.signing,
  origin: payOrigin,
  expiresAt: secondsAfter(issueOf(now), LINK_LIFETIME_SECONDS),
  createdAt: now,
});
