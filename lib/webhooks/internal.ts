/** Binds a sealed signing secret to its endpoint's row. */
export const webhookSecretContext = (merchantId: number, endpointId: string): string =>
  `webhook_secret:${merchantId}:${endpointId}`;
