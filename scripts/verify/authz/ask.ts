/** Calls over HTTP as browsers and machines make them, and what their answers say. */
import { Agent, request } from 'node:http';

export type Ask = {
  origin: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};
export type Answer = { status: number; location: string; cookie: string; body: string };

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const PATIENCE_MS = 30_000;
let address = 0;

/** Each comes from an address of its own: those that guess share no budget. */
const nextAddress = (): string => {
  address += 1;
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
};

/** One call. A stream of news is heard as far as its first part. */
export function ask({ origin, method, path, headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const own = { 'x-forwarded-for': nextAddress(), 'accept-language': 'en' };
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      origin + path,
      { agent, method, headers: { ...own, ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        const {
          location = answer.headers['x-action-redirect'],
          'content-type': type,
          'set-cookie': cookies,
        } = answer.headers;
        const end = (): void =>
          resolve({
            status: answer.statusCode ?? 0,
            location: String(location ?? ''),
            cookie: (cookies ?? []).map((one) => one.split(';')[0]).join('; '),
            body: Buffer.concat(chunks).toString('utf8'),
          });
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if (!type?.startsWith('text/event-stream')) return;
          end();
          answer.destroy();
        });
        answer.on('end', end);
        answer.on('error', reject);
      },
    );
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`no answer of ${method} ${path}`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

const REFUSALS: Record<string, string> = {
  unauthenticated: 'signed out',
  invalid_client: 'signed out',
  UNAUTHORIZED: 'signed out',
  FORBIDDEN: 'forbidden',
  step_up_required: 'forbidden',
  NOT_FOUND: 'not found',
  not_found: 'not found',
};
const BY_STATUS: Record<number, string> = { 401: 'signed out', 403: 'forbidden', 404: 'not found' };
/** What an answer may say to somebody who may not. */
export const REFUSED = ['signed out', 'forbidden', 'not found'];

const word = (code: string): string => REFUSALS[code] ?? code;
const toSignIn = (location: string): boolean =>
  /^(https?:\/\/[^/]+)?\/sign-in(\?(next|error)=|;|$)/.test(location);

/** The code in a JSON answer, wherever it stands there. */
function codeIn(body: string): string | undefined {
  try {
    const { code, error } = JSON.parse(body) as { code?: string; error?: string | { code?: string } };
    return code ?? (typeof error === 'string' ? error : error?.code);
  } catch {
    return undefined;
  }
}

/** `let in`, one of the refusals, or another code. */
export function verdictOf({ status, location, body }: Answer): string {
  if (toSignIn(location)) return 'signed out';
  if (status < 400) return 'let in';
  return BY_STATUS[status] ?? word(codeIn(body) ?? String(status));
}

/** The same of a page, which may be refused in its stream. */
export function verdictOfPage(answer: Answer): string {
  const { body } = answer;
  if (/NEXT_REDIRECT;[a-z]+;\/sign-in/.test(body)) return 'signed out';
  if (body.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'not found';
  if (/<h1[^>]*>Your role does not include/.test(body)) return 'forbidden';
  if (/data-dgst="\d+"|"digest":"\d+"/.test(body)) return 'broken';
  return verdictOf(answer);
}

/** The same of a server action, whose outcome is the first row of what it streams. A form's state tells it in words. */
export function verdictOfAction(answer: Answer): string {
  const { body, status, location } = answer;
  if (location || status >= 400) return verdictOf(answer);
  const row = /^1:(.*)$/m.exec(body)?.[1] ?? '';
  if (row.startsWith('E')) return 'broken';
  if (/"signIn":true/.test(row)) return 'signed out';
  if (/This needs the permission|on Counterfoil's own address/.test(row)) return 'forbidden';
  if (/^\{[^{]*"error":"/.test(row)) return 'not found';
  if (/"problem":["{]|"errors":\{"|"result":null/.test(row)) return 'invalid';
  const failed = /"ok":false,"error":\{"code":"(\w+)"/.exec(row)?.[1];
  return failed ? word(failed) : 'let in';
}
