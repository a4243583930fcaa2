import { pageInput, pageOf } from '../common';
import { linkEvent } from '../events';
import { listPaymentLinksInput } from '../link-lists';
import { message } from '../messages';
import { paymentAttempt } from '../payment-attempts';
import {
  createdPaymentLink,
  createPaymentLinkInput,
  listLinkEventsInput,
  paymentLink,
  reissuePaymentLinkInput,
  sendPaymentLinkInput,
  updatePaymentLinkInput,
} from '../payment-links';
import { refund } from '../refunds';
import * as shown from './examples';
import type { Operation } from './operation';

export const paymentLinkPage = pageOf(paymentLink);
export const paymentAttemptPage = pageOf(paymentAttempt);
export const messagePage = pageOf(message);
export const linkEventPage = pageOf(linkEvent);
export const refundPage = pageOf(refund);

const tag = 'Payment links';
const theLink = (description = 'The link as it now stands.') =>
  ({ status: 200, schema: paymentLink, description }) as const;
const one = { ids: 'paymentLink', tag } as const;
const read = { ...one, method: 'GET', scope: 'payment_links:read' } as const;

export const PAYMENT_LINK_OPERATIONS: readonly Operation[] = [
  {
    id: 'createPaymentLink',
    method: 'POST',
    path: '/payment-links',
    tag,
    summary: 'Issue a payment link',
    description:
      "A link can be paid for 72 hours, or as long as `expiresInSeconds` says. With `send` it goes to the customer; without it nothing is sent, and `url` is yours to pass on. With `lookup`, what you leave out is filled from your own system, by the form lookup of the payment profile: two seconds at the most, and the link is issued whatever came of it, as the answer's `lookup` tells.",
    scope: 'payment_links:create',
    body: { schema: createPaymentLinkInput },
    answer: { status: 201, schema: createdPaymentLink, description: 'The new link.' },
    example: { request: shown.createRequest, response: shown.link },
  },
  {
    id: 'listPaymentLinks',
    method: 'GET',
    path: '/payment-links',
    tag,
    summary: 'List payment links',
    description:
      'Newest first, or as `sort` says. Filters are joined by "and". A page costs the same at any depth: where a filter lets little through it may hold fewer than `limit`, or none, and `nextCursor` goes on.',
    scope: 'payment_links:read',
    query: listPaymentLinksInput,
    answer: { status: 200, schema: paymentLinkPage, description: 'A page of links.' },
    example: { response: shown.pageWith(shown.link) },
  },
  {
    ...read,
    id: 'readPaymentLink',
    path: '/payment-links/{id}',
    summary: 'Read a payment link',
    answer: theLink('The link.'),
    example: { response: shown.link },
  },
  {
    ...one,
    id: 'updatePaymentLink',
    method: 'PATCH',
    path: '/payment-links/{id}',
    summary: 'Change a payment link',
    description:
      'Description, metadata and end, with the version you have read as `If-Match`. Description and end of a link that is paid, canceled, expired or being paid stay as they are; metadata may always change.',
    scope: 'payment_links:renew',
    ifMatch: true,
    body: { schema: updatePaymentLinkInput },
    answer: theLink(),
    problems: ['link_paid', 'being_paid', 'link_canceled', 'link_expired', 'link_not_payable', 'conflict'],
    example: {
      request: { metadata: { shelf: 'B4' } },
      response: { ...shown.link, metadata: { shelf: 'B4' } },
    },
  },
  {
    ...one,
    id: 'cancelPaymentLink',
    method: 'POST',
    path: '/payment-links/{id}/cancel',
    summary: 'Cancel a payment link',
    description:
      'No try begins any more. One that was sent runs to its end: until then the status reads `processing`. Canceling again answers the same.',
    scope: 'payment_links:cancel',
    answer: theLink(),
    problems: ['link_paid', 'link_expired', 'conflict'],
    example: { response: shown.canceledLink },
  },
  {
    ...one,
    id: 'reissuePaymentLink',
    method: 'POST',
    path: '/payment-links/{id}/reissue',
    summary: 'Give a payment link a new address and 72 hours',
    description:
      'The old address says that it was replaced. A locked link is open again. Repeated within a minute it answers the same: the address stays, and nothing is sent twice.',
    scope: 'payment_links:renew',
    body: { schema: reissuePaymentLinkInput, optional: true },
    answer: theLink('The link with its new `url`.'),
    problems: ['link_paid', 'being_paid', 'link_canceled', 'link_not_payable', 'conflict'],
    example: { request: { send: { channel: 'email' } }, response: shown.link },
  },
  {
    ...one,
    id: 'sendPaymentLink',
    method: 'POST',
    path: '/payment-links/{id}/send',
    summary: 'Send the same address again',
    description:
      'What is still on its way by this channel, or went within the last minute, is not sent twice: the answer is that message. One that failed is.',
    scope: 'payment_links:send',
    body: { schema: sendPaymentLinkInput },
    answer: { status: 201, schema: message, description: 'The message, on its way.' },
    problems: ['link_not_payable'],
    example: {
      request: { channel: 'email' },
      response: { ...shown.message, state: 'queued', sentAt: null, endedAt: null },
    },
  },
  {
    ...one,
    id: 'unlockPaymentLink',
    method: 'POST',
    path: '/payment-links/{id}/unlock',
    summary: 'Lift the lock of a payment link',
    description: 'Tries and cards count anew. Unlocking again answers the same.',
    scope: 'payment_links:renew',
    answer: theLink(),
    problems: ['link_not_locked', 'link_paid', 'being_paid', 'link_canceled', 'link_expired', 'conflict'],
    example: { response: { ...shown.link, version: 3, sequence: 8 } },
  },
  {
    ...read,
    id: 'listLinkEvents',
    path: '/payment-links/{id}/events',
    summary: 'List the events of a link',
    description:
      'Oldest first, each as its webhook told it. Ask with `afterSequence` for what you have missed.',
    query: listLinkEventsInput,
    answer: { status: 200, schema: linkEventPage, description: 'A page of events.' },
    example: { response: shown.pageWith(shown.event) },
  },
  {
    ...read,
    id: 'listPaymentAttempts',
    path: '/payment-links/{id}/attempts',
    summary: 'List the tries to pay a link',
    query: pageInput,
    answer: { status: 200, schema: paymentAttemptPage, description: 'A page of tries, oldest first.' },
    example: { response: shown.pageWith(shown.attempt) },
  },
  {
    ...read,
    id: 'listLinkMessages',
    path: '/payment-links/{id}/messages',
    summary: 'List the messages of a link',
    query: pageInput,
    answer: { status: 200, schema: messagePage, description: 'A page of messages, oldest first.' },
    example: { response: shown.pageWith(shown.message) },
  },
  {
    ...read,
    id: 'listLinkRefunds',
    path: '/payment-links/{id}/refunds',
    summary: 'List the refunds of a link',
    scope: 'refunds:read',
    query: pageInput,
    answer: { status: 200, schema: refundPage, description: 'A page of refunds, oldest first.' },
    example: { response: shown.pageWith(shown.refund) },
  },
];
