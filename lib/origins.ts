/** The origins in a list with commas: each http(s), exact, with nothing behind it. What is none of that is left out. */
export const originsIn = (list: string): string[] =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter(
      (one) => /^https?:\/\/[a-z0-9.:[\]-]+$/.test(one) && URL.canParse(one) && new URL(one).origin === one,
    );

/** At which of these origins a request has arrived, by the host that it names or a proxy passes on. */
export function arrivedAt(headers: Pick<Headers, 'get'>, origins: readonly string[]): string | undefined {
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return origins.find((origin) => new URL(origin).host === host);
}
