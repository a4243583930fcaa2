export { createWebhookEndpoint, prepareWebhookEndpoint } from './create';
export { deleteWebhookEndpoint } from './delete';
export { type Delivered, type DeliverOptions, deliver } from './deliver';
export { listWebhookDeliveries, readWebhookDelivery } from './deliveries';
export { disableWebhookEndpoint } from './disable';
export { enableWebhookEndpoint } from './enable';
export { type EndpointHealth, readEndpointHealth } from './health';
export { readWebhookKeys } from './keys';
export {
  type Claim,
  claim,
  type LaneName,
  type Place,
  scan,
  settle,
  type Waiting,
  type Wanted,
} from './lane';
export { listWebhookEndpoints, readWebhookEndpoint } from './list';
export { pingWebhookEndpoint } from './ping';
export { receiveWebhook } from './receive';
export { redeliverEvent } from './redeliver';
export { replayWebhookEvents } from './replay';
export { rotateWebhookSecret } from './rotate-secret';
export { prepareEndpointUpdate, updateWebhookEndpoint } from './update';
