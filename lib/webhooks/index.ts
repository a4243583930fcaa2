export { type Delivered, type DeliverOptions, deliver } from './deliver';
export { type CreateWebhookEndpointInput, createWebhookEndpoint, listWebhookEndpoints } from './endpoints';
export { type Claim, claim, settle } from './lane';
export { receiveWebhook } from './receive';
export { webhookHeaders } from './sign';
export type { WebhookEndpoint } from './view';
