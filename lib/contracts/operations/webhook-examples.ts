import type { WebhookDelivery, WebhookDeliveryDetail } from '../webhook-deliveries';
import type { WebhookEndpoint } from '../webhooks';

const HOOK = 'https://hooks.example.com/counterfoil';

/** The objects of webhooks that the document shows. */
export const endpoint: WebhookEndpoint = {
  id: 'we_01kb1v2q6tezqv4x0c9w6y2m8n',
  object: 'webhook_endpoint',
  kind: 'events',
  url: HOOK,
  profile: null,
  description: 'Order desk',
  types: ['payment_link.paid', 'payment_link.expired'],
  headerNames: ['X-Team'],
  state: 'enabled',
  version: 1,
  createdAt: '2026-11-24T08:55:00.000Z',
  pausedAt: null,
  failingSince: null,
  disabledAt: null,
  disabledReason: null,
  publicKey: 'whpk_MCowBQYDK2VwAyEAq3v8m0x1c2b3n4m5k6j7h8g9f0d=',
  keySetUrl: 'https://pay.example.com/webhook-keys/we_01kb1v2q6tezqv4x0c9w6y2m8n',
  previousSecretUntil: null,
};

export const secret = 'whsec_…';

export const createEndpointRequest = {
  url: HOOK,
  description: endpoint.description,
  types: endpoint.types,
  headers: { 'X-Team': 'order-desk' },
};

export const delivery: WebhookDelivery = {
  id: 'dlv_01kb1v3q8fezqv4x0c9w6y2m8n',
  object: 'webhook_delivery',
  event: 'evt_01kb1v3q7vezqv4x0c9w6y2m8n',
  eventType: 'test.ping',
  webhookEndpoint: endpoint.id,
  url: HOOK,
  state: 'pending',
  tries: 0,
  nextTryAt: '2026-11-24T09:00:00.000Z',
  createdAt: '2026-11-24T09:00:00.000Z',
  endedAt: null,
};

export const deliveryDetail: WebhookDeliveryDetail = {
  ...delivery,
  state: 'succeeded',
  tries: 1,
  nextTryAt: null,
  endedAt: '2026-11-24T09:00:00.120Z',
  body: '{"id":"evt_01kb1v3q7vezqv4x0c9w6y2m8n","type":"test.ping"}',
  attempts: [
    {
      number: 1,
      at: '2026-11-24T09:00:00.120Z',
      durationMs: 84,
      request: {
        url: HOOK,
        headers: {
          'X-Team': '•••',
          'webhook-id': delivery.event,
          'webhook-timestamp': '1795510800',
          'webhook-signature': 'v1,… v1a,…',
          'content-type': 'application/json',
          'user-agent': 'Counterfoil/1',
        },
      },
      response: { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' },
      error: null,
    },
  ],
};
