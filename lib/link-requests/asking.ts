import type { ChallengeCounts } from '@/core/challenge';
import {
  MAX_REQUESTS_PER_LINK,
  merchantIsSpent,
  networkIsSpent,
  SECONDS_BETWEEN_REQUESTS,
} from '@/core/link-requests';
import { MAX_ATTEMPTS_PER_LINK, MAX_CARDS_PER_LINK } from '@/core/payment-attempt';
import type { Channel } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import { findRequestFacts, listRequestsOf } from '@/db/queries/link-requests';
import { listProfiles } from '@/db/queries/merchants';
import { listLinkMessages } from '@/db/queries/messages';
import { countTries } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Services } from '../context';
import { optedOut } from '../opt-outs/internal';
import { addressFor, channelsOf, isShut } from '../payment-links/internal';

/** How a new link is asked for. `closed`: not from the page; the merchant has to be asked. `isFlood`: staff must agree for that alone. */
export type Asking =
  | { kind: 'offered'; channels: Channel[]; needsApproval: boolean; isFlood: boolean }
  | { kind: 'pending'; channels: Channel[] }
  | { kind: 'closed' };

/**
 * Whether the payer of an expired link may ask for a new one, and where it would go: only to addresses on file, by the
 * channels the link was sent by, else by all. Once an hour and three times a link; once its tries, cards or answers are used up staff
 * must agree. So they must once very many of the merchant's links were asked for, and a network that asked too often is closed.
 */
export async function askingFor(
  services: Pick<Services, 'config'>,
  tx: Executor,
  link: PaymentLinkRow,
  network: string | null,
): Promise<Asking> {
  const { merchantId } = link;
  const profile = (await listProfiles(tx, merchantId)).find((one) => one.id === link.profileId);
  const challenge = await findChallenge(tx, link);
  const channels = await channelsFor(services, tx, link, challenge);
  if (!profile || profile.newLinkRule === 'off' || channels.length === 0) return { kind: 'closed' };
  const requests = await listRequestsOf(tx, merchantId, link.id);
  if (requests.some((one) => one.state === 'pending')) return { kind: 'pending', channels };
  const tooSoon = requests.some((one) => one.ageSeconds < SECONDS_BETWEEN_REQUESTS);
  if (tooSoon || requests.length >= MAX_REQUESTS_PER_LINK) return { kind: 'closed' };
  const facts = await findRequestFacts(tx, merchantId, network);
  if (networkIsSpent(facts)) return { kind: 'closed' };
  const { tries, cards } = await countTries(tx, link);
  const isUsedUp = isShut(link, challenge) || tries >= MAX_ATTEMPTS_PER_LINK || cards >= MAX_CARDS_PER_LINK;
  const waits = isUsedUp || profile.newLinkRule === 'approval';
  const isFlood = !waits && merchantIsSpent(facts);
  return { kind: 'offered', channels, needsApproval: waits || isFlood, isFlood };
}

/**
 * By which channels a new link goes: those it was sent by before, else all with an address on file; never as its passcode does, nor to
 * whom no link is sent.
 */
export async function channelsFor(
  services: Pick<Services, 'config'>,
  tx: Executor,
  link: PaymentLinkRow,
  challenge: ChallengeCounts | undefined,
): Promise<Channel[]> {
  const onFile: Channel[] = [];
  for (const channel of channelsOf(link, challenge)) {
    const to = { merchantId: link.merchantId, channel, recipient: addressFor(link, channel) ?? '' };
    if (!(await optedOut(services, tx, { ...to, template: 'payment_request' }))) onFile.push(channel);
  }
  const messages = await listLinkMessages(tx, link.merchantId, link.id);
  const used = onFile.filter((channel) =>
    messages.some((one) => one.channel === channel && one.template !== 'receipt'),
  );
  return used.length > 0 ? used : onFile;
}
