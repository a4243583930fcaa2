/** Who may come, and with what in their hands. */
import { createHmac, randomBytes, sign } from 'node:crypto';
import { type CardCall, callSigningInput, SIGNATURE_HEADERS } from '@/core/card-ticket';
import { uuidFromId } from '@/core/ids';
import { type KeypadAct, keypadSigningInput } from '@/core/keypad';
import { type Permission, SCOPES } from '@/core/permissions';
import { privateKey } from '@/lib/card-calls';
import { webhookHeaders } from '@/lib/webhooks/sign';
import type { Plan } from '@/scripts/launcher/processes';
import { deskTokens, sessionTokens } from './agents';
import type { House, Person } from './house';
import { apiKey } from './makers';
import { signedIn } from './people';

/**
 * `payer`: holds a link's token. `owner later`: proved who they are more than five minutes ago. `agent off`: their payment button
 * is switched off. `key`: an API client with the scope that the row names, and no other; `key without`: with every other.
 * `desk`, `session`: agent tokens, for a whole desk and for one payment session. `process`: the portal or the card process, by
 * its signature. The last two: an owner, or a payer, whose browser was sent by another page.
 */
export const ACTORS = [
  'anonymous',
  'payer',
  'owner',
  'owner later',
  'admin',
  'agent',
  'agent off',
  'viewer',
  'key',
  'key without',
  'desk',
  'session',
  'gateway',
  'telephony',
  'messaging',
  'process',
  'no origin',
  'foreign origin',
] as const;
export type Actor = (typeof ACTORS)[number];

/** What a process signs: a call of the card process, or one of the portal to it. */
export type Signs = { card: CardCall } | { keypad: KeypadAct };
/** What of a row decides what its callers hold. */
export type Bearing = { scope: Permission | null; signs: Signs | null; isPayers: boolean };
type Headers = Record<string, string>;
type About = { body: string; session: string; site: string };

/** What the sandbox's telephone says with each key. */
const keyed = (secret: string, body: string): Headers => ({
  'x-phone-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

export class Actors {
  private readonly kept = new Map<string, Promise<Headers>>();

  constructor(private readonly house: House) {}

  /** The headers with which this actor calls. `isSpent`: what they hold is used up by it. */
  headersOf(actor: Actor, of: Bearing, about: About, isSpent: boolean): Promise<Headers> {
    const isKept = !isSpent && !['gateway', 'telephony', 'messaging', 'process'].includes(actor);
    // What was proved at a sign-in holds for five minutes.
    const minutes = Math.floor(performance.now() / 120_000);
    const name = `${minutes} ${actor} ${actor.startsWith('key') ? of.scope : ''} ${of.isPayers} ${about.site} ${about.session}`;
    const known = isKept ? this.kept.get(name) : undefined;
    const headers = known ?? this.make(actor, of, about);
    if (isKept) this.kept.set(name, headers);
    return headers;
  }

  private async make(
    actor: Actor,
    { scope, signs, isPayers }: Bearing,
    { body, session, site: page }: About,
  ): Promise<Headers> {
    const { house } = this;
    const { ours } = house;
    const site = { house, merchant: ours };
    const own: Headers = { origin: page, 'sec-fetch-site': 'same-origin' };
    // What stands before Next is believed by Next: our own check must not believe it.
    const foreign: Headers = {
      ...{ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
      'x-forwarded-host': 'elsewhere.example',
    };
    switch (actor) {
      case 'anonymous':
      case 'payer':
        return own;
      case 'owner later':
        return { ...own, ...(await this.cookie('owner', true)) };
      case 'key':
        return bearer((await apiKey(site, scope ? [scope] : SCOPES)).key);
      case 'key without':
        return bearer(
          (
            await apiKey(
              site,
              SCOPES.filter((one) => one !== scope),
            )
          ).key,
        );
      case 'desk':
        return { ...own, ...bearer((await deskTokens(site)).accessToken) };
      case 'session':
        return { ...own, ...bearer((await sessionTokens(site, session)).accessToken) };
      case 'gateway':
        return this.posted(ours.gatewaySecret, body);
      case 'telephony':
        return { ...this.posted(ours.telephonySecret, body), ...keyed(ours.telephonySecret, body) };
      case 'messaging':
        return this.posted(house.plan.secrets.MESSAGING_WEBHOOK_SECRET, body);
      case 'process':
        return signed(house.plan, signs ?? { card: 'submit' }, body);
      case 'no origin':
        return isPayers ? {} : this.cookie('owner');
      case 'foreign origin':
        return { ...foreign, ...(isPayers ? {} : await this.cookie('owner')) };
      default:
        return { ...own, ...(await this.cookie(actor)) };
    }
  }

  /** A signed-in member of staff. `isLater`: what they proved when they signed in is too old. */
  private async cookie(person: Person, isLater = false): Promise<Headers> {
    const { id, cookie } = await signedIn(this.house, person);
    if (isLater)
      await this.house.sql`update sessions set verified_at = cf_now() - interval '6 minutes'
        where id = ${uuidFromId('session', id)}`;
    return { cookie };
  }

  private posted(secret: string, body: string): Headers {
    const id = /"id":"([^"]+)"/.exec(body)?.[1] ?? 'evt';
    return webhookHeaders(secret, id, body, new Date());
  }
}

/** The headers of a signed call of one process to the other. */
export function signed({ secrets }: Plan, signs: Signs, body: string): Headers {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), randomBytes(24).toString('base64url')];
  const [key, text] =
    'card' in signs
      ? [secrets.CARD_SIGNING_KEY, callSigningInput(signs.card, timestamp, nonce, body)]
      : [secrets.TICKET_SIGNING_KEY, keypadSigningInput(signs.keypad, timestamp, nonce, body)];
  return {
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.signature]: sign(null, Buffer.from(text), privateKey(key)).toString('base64url'),
  };
}
