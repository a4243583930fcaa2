import type * as z from 'zod';
import { agentLaunch, createAgentLaunchInput } from '../agent-launches';
import { apiRequest, apiRequestDetail } from '../api-requests';
import { dispute } from '../disputes';
import { linkEvent } from '../events';
import { ledgerEntry } from '../ledger';
import { message } from '../messages';
import { accessToken, oauthError, tokenRequest } from '../oauth';
import { paymentAttempt } from '../payment-attempts';
import { batchError, paymentLinkBatch } from '../payment-link-batches';
import {
  createdPaymentLink,
  createPaymentLinkInput,
  paymentLink,
  reissuePaymentLinkInput,
  sendPaymentLinkInput,
  updatePaymentLinkInput,
} from '../payment-links';
import {
  createPaymentSessionInput,
  paymentSession,
  requestFieldInput,
  switchSessionInput,
} from '../payment-sessions';
import { problem } from '../problem';
import { createRefundInput, refund } from '../refunds';
import {
  redeliverInput,
  webhookDelivery,
  webhookDeliveryDetail,
  webhookRedelivery,
  webhookTry,
} from '../webhook-deliveries';
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
import { batchErrorPage } from './batches';
import { webhookDeliveryPage } from './deliveries';
import { ledgerPage } from './money';
import { linkEventPage, messagePage, paymentAttemptPage, paymentLinkPage, refundPage } from './payment-links';
import { apiRequestPage } from './requests';
import { webhookEndpointPage } from './webhooks';

/** What the API answers, under the names of the document. A schema without a name is written where it is used. */
export const ANSWER_NAMES: Record<string, z.ZodType> = {
  PaymentLink: paymentLink,
  CreatedPaymentLink: createdPaymentLink,
  PaymentLinkPage: paymentLinkPage,
  PaymentLinkBatch: paymentLinkBatch,
  BatchError: batchError,
  BatchErrorPage: batchErrorPage,
  PaymentAttempt: paymentAttempt,
  PaymentAttemptPage: paymentAttemptPage,
  PaymentSession: paymentSession,
  Message: message,
  MessagePage: messagePage,
  Event: linkEvent,
  EventPage: linkEventPage,
  Refund: refund,
  RefundPage: refundPage,
  Dispute: dispute,
  LedgerEntry: ledgerEntry,
  LedgerPage: ledgerPage,
  AgentLaunch: agentLaunch,
  WebhookEndpoint: webhookEndpoint,
  WebhookEndpointPage: webhookEndpointPage,
  NewWebhookEndpoint: newWebhookEndpoint,
  DeletedWebhookEndpoint: deletedWebhookEndpoint,
  WebhookReplay: webhookReplay,
  WebhookDelivery: webhookDelivery,
  WebhookDeliveryPage: webhookDeliveryPage,
  WebhookDeliveryDetail: webhookDeliveryDetail,
  WebhookTry: webhookTry,
  WebhookRedelivery: webhookRedelivery,
  ApiRequest: apiRequest,
  ApiRequestPage: apiRequestPage,
  ApiRequestDetail: apiRequestDetail,
  Problem: problem,
  AccessToken: accessToken,
  OAuthError: oauthError,
};

/** What the API takes. */
export const INPUT_NAMES: Record<string, z.ZodType> = {
  CreatePaymentLink: createPaymentLinkInput,
  UpdatePaymentLink: updatePaymentLinkInput,
  ReissuePaymentLink: reissuePaymentLinkInput,
  SendPaymentLink: sendPaymentLinkInput,
  CreatePaymentSession: createPaymentSessionInput,
  RequestSessionField: requestFieldInput,
  SwitchPaymentSession: switchSessionInput,
  CreateRefund: createRefundInput,
  CreateAgentLaunch: createAgentLaunchInput,
  CreateWebhookEndpoint: createWebhookEndpointInput,
  UpdateWebhookEndpoint: updateWebhookEndpointInput,
  RotateWebhookSecret: rotateWebhookSecretInput,
  ReplayEvents: replayInput,
  RedeliverEvent: redeliverInput,
  TokenRequest: tokenRequest,
};
