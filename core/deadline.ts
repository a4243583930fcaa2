/** How a deadline is written for a payer, by the server and by the page itself ("Thursday, 26 November, 14:05 GMT"). */
export const DEADLINE = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;
