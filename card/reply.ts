/** What a route answers, and the refusals of all routes. */
export type Reply = {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  attempt?: string;
  /** The rest of the request was not read: the connection must not be used again. */
  hangUp?: boolean;
};

const SENTENCES: Record<number, string> = {
  400: 'This request is not valid.',
  401: 'This request is not signed by whom it must be.',
  403: 'This request is not allowed from here.',
  404: 'There is nothing here.',
  405: 'This method is not allowed here.',
  408: 'The request took too long.',
  409: 'This does not fit with what stands.',
  413: 'The request is too large.',
  415: 'This content type is not accepted here.',
  429: 'There is too much at once.',
  500: 'Something went wrong.',
  503: 'Try again.',
};

const CODES: Record<number, string> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limited',
  500: 'internal',
  503: 'unavailable',
};

export const json = (status: number, value: object): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const refusal = (status: number, code = CODES[status] ?? 'malformed'): Reply =>
  json(status, { code, message: SENTENCES[status] ?? '' });

export const plainPage = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${SENTENCES[status] ?? ''}\n`,
});
