'use server';
import { staffAction } from '@/app/_server/staff';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  pingWebhookEndpoint,
  redeliverEvent,
  replayWebhookEvents,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from '@/lib/webhooks';

/** Registers an address; the answer holds its secret, this once. */
export const createEndpoint = staffAction('create_webhook_endpoint', ({ ctx }, input: object) =>
  createWebhookEndpoint(ctx, input),
);

/** Changes or pauses an endpoint, if it still is the version that was seen. */
export const changeEndpoint = staffAction(
  'change_webhook_endpoint',
  ({ ctx }, id: string, version: number, input: object) =>
    updateWebhookEndpoint(ctx, String(id), input, Number(version)),
);

/** A new secret; the one before signs too for so many seconds. */
export const rotateSecret = staffAction(
  'rotate_webhook_secret',
  ({ ctx }, id: string, overlapSeconds: number) =>
    rotateWebhookSecret(ctx, String(id), { overlapSeconds: Number(overlapSeconds) }),
);

/** Sends a test event. */
export const pingEndpoint = staffAction('ping_webhook_endpoint', ({ ctx }, id: string) =>
  pingWebhookEndpoint(ctx, String(id)),
);

export const enableEndpoint = staffAction('enable_webhook_endpoint', ({ ctx }, id: string) =>
  enableWebhookEndpoint(ctx, String(id)),
);

export const disableEndpoint = staffAction('disable_webhook_endpoint', ({ ctx }, id: string) =>
  disableWebhookEndpoint(ctx, String(id)),
);

export const deleteEndpoint = staffAction('delete_webhook_endpoint', ({ ctx }, id: string) =>
  deleteWebhookEndpoint(ctx, String(id)),
);

/** Sends the events of a range again: `{since, until?, types?}`. */
export const replayEvents = staffAction('replay_webhook_events', ({ ctx }, id: string, range: object) =>
  replayWebhookEvents(ctx, String(id), range),
);

/** Sends one event again to one endpoint. */
export const redeliver = staffAction('redeliver_event', ({ ctx }, event: string, endpoint: string) =>
  redeliverEvent(ctx, String(event), { endpoint: String(endpoint) }),
);
