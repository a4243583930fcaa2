import { pageOf } from '../common';
import { linkEvent, listEventsInput } from '../events';
import {
  listDeliveriesInput,
  redeliverInput,
  webhookDelivery,
  webhookDeliveryDetail,
  webhookRedelivery,
} from '../webhook-deliveries';
import { event, pageWith } from './examples';
import type { Operation } from './operation';
import { linkEventPage } from './payment-links';
import * as shown from './webhook-examples';

export const webhookDeliveryPage = pageOf(webhookDelivery);

const read = { tag: 'Events', method: 'GET', scope: 'webhooks:read' } as const;

export const DELIVERY_OPERATIONS: readonly Operation[] = [
  {
    ...read,
    id: 'listEvents',
    path: '/events',
    summary: 'List events',
    description:
      'Newest first. With `order=oldest` it is a feed for receivers that cannot be reached: go on from `nextCursor`, and nothing is missed. With `paymentLink` and `afterSequence` it gives what you have missed of a link.',
    query: listEventsInput,
    answer: { status: 200, schema: linkEventPage, description: 'A page of events.' },
    example: { response: pageWith(event) },
  },
  {
    ...read,
    id: 'readEvent',
    path: '/events/{id}',
    summary: 'Read an event',
    ids: 'event',
    answer: { status: 200, schema: linkEvent, description: 'The event, as its webhook told it.' },
    example: { response: event },
  },
  {
    id: 'redeliverEvent',
    method: 'POST',
    path: '/events/{id}/redeliver',
    tag: 'Events',
    summary: 'Send an event again',
    description:
      'With the same id and bytes: to one endpoint, whatever types it wants, or to all that want its type; a `test.ping` to the endpoint that was pinged. One that still waits is tried at once.',
    scope: 'webhooks:write',
    ids: 'event',
    body: { schema: redeliverInput, optional: true },
    answer: { status: 202, schema: webhookRedelivery, description: 'The deliveries that are on their way.' },
    problems: ['conflict'],
    example: {
      request: {},
      response: {
        object: 'webhook_redelivery',
        event: event.id,
        deliveries: [{ ...shown.delivery, eventType: event.type }],
      },
    },
  },
  {
    ...read,
    id: 'listWebhookDeliveries',
    path: '/webhook-deliveries',
    summary: 'List deliveries',
    description: 'Newest first. Filters are joined by "and".',
    query: listDeliveriesInput,
    answer: { status: 200, schema: webhookDeliveryPage, description: 'A page of deliveries.' },
    example: { response: pageWith(shown.delivery) },
  },
  {
    ...read,
    id: 'readWebhookDelivery',
    path: '/webhook-deliveries/{id}',
    summary: 'Read a delivery with its requests and responses',
    description: 'Of an answer the first 4 kB are kept, with digits that could be a card number masked.',
    ids: 'delivery',
    answer: { status: 200, schema: webhookDeliveryDetail, description: 'The delivery.' },
    example: { response: shown.deliveryDetail },
  },
];
