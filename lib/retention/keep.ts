/**
 * How many days an installation keeps what it may decide on: at least, and where it says nothing. Events and deliveries can be
 * replayed for 30 days, and the gateway is asked for 120 what became of an unknown payment.
 */
export const KEEP_DAYS = {
  events: { least: 130, usual: 400 },
  deliveries: { least: 130, usual: 180 },
  messages: { least: 30, usual: 400 },
} as const;
export type Keep = Record<keyof typeof KEEP_DAYS, number>;

export const KEEP: Keep = {
  events: KEEP_DAYS.events.usual,
  deliveries: KEEP_DAYS.deliveries.usual,
  messages: KEEP_DAYS.messages.usual,
};
