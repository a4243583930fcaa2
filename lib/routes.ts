const MOST_SEGMENTS = 6;
/** What stands for itself in an address; anything else was given by somebody, and would make a series of its own. */
const WORD = /^(?:[a-z][a-z-]{0,23}|v1|Auth|_next|\.well-known)$/;
/** Behind these stands a token or a name. */
const NAMED = new Set(['pay', 'unsubscribe', 'developers', 'webhook-keys', 'brand', '_next', 'return']);

/** The route of an address, as a label: few for all addresses there are. What was not found is of none. */
export function routeOf(address: string, status = 200): string {
  if (status === 404 || status === 405) return 'none';
  const [path = ''] = address.split('?');
  const segments = path.split('/').slice(1, 1 + MOST_SEGMENTS);
  const words = segments.map((one, i) => {
    const isGiven = !WORD.test(one) || NAMED.has(segments[i - 1] ?? '');
    return one === '' ? '' : isGiven ? ':given' : one;
  });
  return `/${words.join('/')}`;
}
