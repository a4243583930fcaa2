import type { Ctx } from '../context';
import type { NewWebhookEndpoint, UpdateWebhookEndpointInput } from '../contracts/webhooks';
import type { Resolve } from '../egress/guard';
import { preparePaymentLink } from '../payment-links';
import type { TestHouse } from '../testing';
import {
  type Claim,
  claim,
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  scan,
  updateWebhookEndpoint,
} from '.';

/** The worst resolver: says every name is public, except one that is known to lead home. */
export const resolve: Resolve = async (hostname) => [
  { address: hostname === 'localtest.me' ? '127.0.0.1' : '93.184.215.14', family: 4 },
];

/** Claims what is due of both lanes, at most `limit` of each. */
export async function claimDue({ services }: TestHouse, limit = 100): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const lane of ['fresh', 'retry'] as const) {
    const ring = (await scan(services, lane, null, 100)).filter(({ due }) => due);
    const wanted = ring.map((place) => ({ ...place, room: 100, busy: 0 }));
    claims.push(...(await claim(services, { lane, limit, leaseSeconds: 60, wanted })));
  }
  return claims;
}

export const HOOK = 'https://hooks.example.com/in';

/** What endpoints are for, as tests tell it, at one house. */
export class EndpointTales {
  constructor(readonly house: () => TestHouse) {}

  owner = () => this.house().as('owner');

  async made(more: object = {}): Promise<NewWebhookEndpoint> {
    const outcome = await createWebhookEndpoint(this.owner(), { url: HOOK, ...more }, resolve);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  }

  async removed(...ids: string[]): Promise<void> {
    for (const id of ids) await deleteWebhookEndpoint(this.owner(), id);
  }

  async newLink(more: object = {}, { tx, ...ctx }: Ctx = this.owner()) {
    const act = await preparePaymentLink(ctx, { amountMinor: 100, currency: 'GBP', ...more });
    const link = act.ok ? await act.value({ ...ctx, ...(tx && { tx }) }) : act;
    if (!link.ok) throw new Error(link.error.message);
    return link.value;
  }

  update = (id: string, input: UpdateWebhookEndpointInput, version: number | null = 1, ctx = this.owner()) =>
    updateWebhookEndpoint(ctx, id, input, version, resolve);

  /** Claims all that is due. */
  due = (): Promise<Claim[]> => claimDue(this.house());

  waitingFor = async (id: string): Promise<Claim[]> =>
    (await this.due()).filter((one) => one.endpointId === id);
}
