/** Adapters that are wrong in one way each: what the conformance suite must find. */
import type { GatewayResult } from '@/core/payment-attempt';
import type { Gateway, Notification } from '../../port';
import type { Adapter, CardOrder, Place } from '../conformance';

export type Wrong = {
  name: string;
  /** The beginnings of the names of clauses that it must fail. */
  breaks: readonly string[];
  make: (good: Adapter) => Adapter;
};

/** Changes what the portal's face does. */
export const portal =
  (change: (gateway: Gateway, place: Place) => Partial<Gateway>) =>
  (good: Adapter): Adapter => ({
    ...good,
    portal: (place, budgetMs) => {
      const gateway = good.portal(place, budgetMs);
      return { ...gateway, ...change(gateway, place) };
    },
  });

/** Changes what the card is answered. */
export const answered =
  (change: (result: GatewayResult, order: CardOrder) => GatewayResult) =>
  (good: Adapter): Adapter => ({
    ...good,
    charge: async (order, limits) => change(await good.charge(order, limits), order),
  });

/** Changes what is sent. */
export const sent =
  (change: (order: CardOrder) => CardOrder) =>
  (good: Adapter): Adapter => ({ ...good, charge: (order, limits) => good.charge(change(order), limits) });

/** Changes what a notification reads as. */
export const told =
  (change: (note: Notification, body: string) => Notification) =>
  (good: Adapter): Adapter => ({
    ...good,
    readNotification(secret, headers, body, now) {
      const note = good.readNotification(secret, headers, body, now);
      return note && change(note, body);
    },
  });

export const copyOf = (order: CardOrder): CardOrder => ({
  ...order,
  fields: {
    ...order.fields,
    number: Buffer.from(order.fields.number),
    csc: Buffer.from(order.fields.csc),
    name: Buffer.from(order.fields.name),
  },
});

/** One request by an adapter that takes no care. */
export async function carelessly(
  place: Place,
  path: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${place.url}${path}`, {
    headers: { authorization: `Bearer ${place.apiKey}`, ...headers },
    signal: AbortSignal.timeout(2_000),
  });
  return response.text();
}
