import { ok } from '@/core/outcome';
import { disablesAt } from '@/core/retry-schedule';
import { rewordAlert, settleAlert } from '@/db/queries/alerts';
import { noteAlerted } from '@/db/queries/webhook-endpoints';
import { raiseAlert } from '../alerts/raise';
import { actorName, type Ctx } from '../context';
import { transact } from '../transact';

const kind = 'webhook_endpoint_failing';

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function sentence(url: string | null, since: Date, percent: number): string {
  const what = `Every webhook to ${url} has failed since ${minute(since)}.`;
  return percent >= 100
    ? `${what} It was switched off. Mend the receiver, enable the endpoint and replay its events.`
    : `${what} At ${minute(disablesAt(since))} it is switched off (${percent} % of the way). Mend the receiver, or pause the endpoint.`;
}

/** Tells operators how far an endpoint is on its way to being disabled: once for each share, in one alert. */
export const raiseEndpointAlert = (ctx: Ctx, id: string, percent: number): Promise<unknown> =>
  transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    const endpoint = await noteAlerted(tx, { merchantId, id }, percent);
    if (!endpoint?.failingSince) return ok(false);
    const message = sentence(endpoint.url, endpoint.failingSince, percent);
    const alert = { kind, subject: id, message } as const;
    await raiseAlert(ctx, tx, alert);
    await rewordAlert(tx, { merchantId, ...alert });
    return ok(true);
  });

/** The endpoint works again: the alert is put away by itself. */
export const endEndpointAlert = (ctx: Ctx, id: string): Promise<unknown> =>
  transact(ctx, async (tx) => ok(await settleAlert(tx, ctx.merchantId, kind, id, actorName(ctx.actor))));
