export * from './events';
export * from './idempotency';
export * from './merchants';
export * from './messages';
export * from './payment-attempts';
export * from './payment-links';
