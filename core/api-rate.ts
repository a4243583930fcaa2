/** What an API client may ask: so many requests a second, and as many at once when it has been quiet. */
export const API_RATE = { perSecond: 100, burst: 100 } as const;
