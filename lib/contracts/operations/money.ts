import * as z from 'zod';
import { pageOf } from '../common';
import { ledgerEntry, listLedgerInput } from '../ledger';
import { paymentAttempt } from '../payment-attempts';
import { createRefundInput, refund } from '../refunds';
import * as shown from './examples';
import type { Operation } from './operation';

export const ledgerPage = pageOf(ledgerEntry);
export const refundOrAttempt = z.discriminatedUnion('object', [refund, paymentAttempt]);

export const MONEY_OPERATIONS: readonly Operation[] = [
  {
    id: 'createRefund',
    method: 'POST',
    path: '/refunds',
    tag: 'Refunds',
    summary: 'Give money back',
    description:
      'All that is left, or `amountMinor` of it. The gateway is asked right after the answer; the end is told by `refund.succeeded` or `refund.failed`. Money that is only held is given back whole: the answer is then the payment attempt.',
    scope: 'refunds:create',
    body: { schema: createRefundInput },
    answer: { status: 201, schema: refundOrAttempt, description: 'The refund, pending.' },
    problems: [
      'not_found',
      'nothing_to_refund',
      'refund_too_large',
      'attempt_required',
      'amount_not_allowed',
      'conflict',
    ],
    example: { request: shown.refundRequest, response: shown.refund },
  },
  {
    id: 'readRefund',
    method: 'GET',
    path: '/refunds/{id}',
    tag: 'Refunds',
    summary: 'Read a refund',
    scope: 'refunds:read',
    ids: 'refund',
    answer: { status: 200, schema: refund, description: 'The refund.' },
    example: { response: { ...shown.refund, state: 'succeeded', endedAt: '2026-11-24T10:00:01.200Z' } },
  },
  {
    id: 'listLedger',
    method: 'GET',
    path: '/ledger',
    tag: 'Ledger',
    summary: 'List the money that moved',
    description:
      'Oldest first where nothing else is asked, append-only: to be held against your own books. `from` is in, `to` is out, so that days join without a gap.',
    scope: 'ledger:read',
    query: listLedgerInput,
    answer: { status: 200, schema: ledgerPage, description: 'A page of entries.' },
    example: { response: shown.pageWith(shown.ledgerEntry) },
  },
];
