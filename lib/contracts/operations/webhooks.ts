import { pageInput, pageOf } from '../common';
import { webhookDelivery } from '../webhook-deliveries';
import {
  createWebhookEndpointInput,
  deletedWebhookEndpoint,
  newWebhookEndpoint,
  replayInput,
  rotateWebhookSecretInput,
  updateWebhookEndpointInput,
  webhookEndpoint,
  webhookReplay,
} from '../webhooks';
import { pageWith } from './examples';
import type { Operation } from './operation';
import * as shown from './webhook-examples';

export const webhookEndpointPage = pageOf(webhookEndpoint);

const tag = 'Webhook endpoints';
const write = { tag, scope: 'webhooks:write' } as const;
const act = { ...write, method: 'POST', ids: 'webhookEndpoint' } as const;
const theEndpoint = {
  status: 200,
  schema: webhookEndpoint,
  description: 'The endpoint as it now stands.',
} as const;

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    ...write,
    id: 'createWebhookEndpoint',
    method: 'POST',
    path: '/webhook-endpoints',
    summary: 'Register an address that wants events',
    description:
      'The answer holds the secret that signs its webhooks, this once. Only https on port 443 or 8443, to a name whose every address is public; judged now and again at each send.',
    body: { schema: createWebhookEndpointInput },
    tellsSecret: true,
    answer: { status: 201, schema: newWebhookEndpoint, description: 'The new endpoint, with its secret.' },
    problems: ['conflict'],
    example: {
      request: shown.createEndpointRequest,
      response: { ...shown.endpoint, secret: shown.secret },
    },
  },
  {
    id: 'listWebhookEndpoints',
    method: 'GET',
    path: '/webhook-endpoints',
    tag,
    summary: 'List webhook endpoints',
    scope: 'webhooks:read',
    query: pageInput,
    answer: { status: 200, schema: webhookEndpointPage, description: 'A page of endpoints, oldest first.' },
    example: { response: pageWith(shown.endpoint) },
  },
  {
    id: 'readWebhookEndpoint',
    method: 'GET',
    path: '/webhook-endpoints/{id}',
    tag,
    summary: 'Read a webhook endpoint',
    scope: 'webhooks:read',
    ids: 'webhookEndpoint',
    answer: { status: 200, schema: webhookEndpoint, description: 'The endpoint.' },
    example: { response: shown.endpoint },
  },
  {
    ...write,
    id: 'updateWebhookEndpoint',
    method: 'PATCH',
    path: '/webhook-endpoints/{id}',
    summary: 'Change or pause a webhook endpoint',
    description:
      'With the version you have read as `If-Match`. While `paused` is true its events wait, and are sent when it is false again.',
    ids: 'webhookEndpoint',
    ifMatch: true,
    body: { schema: updateWebhookEndpointInput },
    answer: theEndpoint,
    example: {
      request: { types: ['payment_link.paid'], headers: null },
      response: { ...shown.endpoint, types: ['payment_link.paid'], headerNames: [], version: 2 },
    },
  },
  {
    ...write,
    id: 'deleteWebhookEndpoint',
    method: 'DELETE',
    path: '/webhook-endpoints/{id}',
    summary: 'Delete a webhook endpoint',
    description: 'What waits for it ends. The log of its deliveries stays.',
    ids: 'webhookEndpoint',
    answer: { status: 200, schema: deletedWebhookEndpoint, description: 'It is gone.' },
    example: { response: { id: shown.endpoint.id, object: 'webhook_endpoint', deleted: true } },
  },
  {
    ...act,
    id: 'rotateWebhookSecret',
    path: '/webhook-endpoints/{id}/rotate-secret',
    summary: 'Give a webhook endpoint a new secret',
    description:
      'Every webhook is signed with both secrets for `overlapSeconds`, a day where it is absent, so that you can change over without a gap.',
    body: { schema: rotateWebhookSecretInput, optional: true },
    tellsSecret: true,
    answer: { status: 200, schema: newWebhookEndpoint, description: 'The endpoint, with its new secret.' },
    example: {
      request: { overlapSeconds: 3600 },
      response: {
        ...shown.endpoint,
        version: 2,
        previousSecretUntil: '2026-11-24T10:00:00.000Z',
        secret: shown.secret,
      },
    },
  },
  {
    ...act,
    id: 'pingWebhookEndpoint',
    path: '/webhook-endpoints/{id}/ping',
    summary: 'Send a test event',
    description:
      'A `test.ping`, whatever types the endpoint wants, signed and sent the way that every event goes.',
    answer: { status: 202, schema: webhookDelivery, description: 'Its delivery: read it for the outcome.' },
    problems: ['conflict'],
    example: { response: shown.delivery },
  },
  {
    ...act,
    id: 'enableWebhookEndpoint',
    path: '/webhook-endpoints/{id}/enable',
    summary: 'Switch a webhook endpoint on again',
    description: 'What happened while it was off is sent by a replay. Already on: the same answer.',
    answer: theEndpoint,
    example: { response: shown.endpoint },
  },
  {
    ...act,
    id: 'disableWebhookEndpoint',
    path: '/webhook-endpoints/{id}/disable',
    summary: 'Switch a webhook endpoint off',
    description:
      'What waits for it ends; its events stay replayable for 30 days. Your other endpoints get `webhook_endpoint.disabled`.',
    answer: theEndpoint,
    example: {
      response: {
        ...shown.endpoint,
        state: 'disabled',
        version: 2,
        disabledAt: '2026-11-24T10:00:00.000Z',
        disabledReason: 'switched off by hand',
      },
    },
  },
  {
    ...act,
    id: 'replayEvents',
    path: '/webhook-endpoints/{id}/replay',
    summary: 'Send the events of a range again',
    description:
      'With the same ids and bytes, behind what is new: drop what you have seen. At most 30 days back. What is still on its way is not sent twice; a `test.ping` is left out.',
    body: { schema: replayInput },
    answer: { status: 202, schema: webhookReplay, description: 'How many are on their way.' },
    problems: ['conflict'],
    example: {
      request: { since: '2026-11-24T00:00:00Z', types: ['payment_link.paid'] },
      response: {
        object: 'webhook_replay',
        webhookEndpoint: shown.endpoint.id,
        since: '2026-11-24T00:00:00.000Z',
        until: '2026-11-24T10:00:00.000Z',
        queued: 12,
      },
    },
  },
];
