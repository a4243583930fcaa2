import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { LOCALE_CODES, type Locale } from '@/core/messages';
import { ATTEMPT_HANDLE } from '@/core/payment-attempt';
import { CHALLENGE_DONE_SCRIPT, challengeDonePage } from './frame/challenge-done';
import { formPage } from './frame/form-page';
import { FORM_STYLES } from './frame/styles';
import type { Reply } from './reply';

/** A static document with its headers and the encodings it may be sent in. Made once, never per request. */
export type Page = {
  headers: Readonly<Record<string, string>>;
  etag: string;
  identity: Buffer;
  br: Buffer;
  gzip: Buffer;
};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function pageOf(html: string, headers: Record<string, string>): Page {
  const identity = Buffer.from(html);
  const digest = createHash('sha256').update(html).update(JSON.stringify(headers)).digest('base64url');
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
      ...headers,
    },
    etag: `"${digest.slice(0, 22)}"`,
    identity,
    br: brotliCompressSync(identity),
    gzip: gzipSync(identity),
  };
}

function formHeaders(
  script: string,
  parent: string,
  challengeOrigins: readonly string[],
): Record<string, string> {
  const csp = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(FORM_STYLES)}`,
    "connect-src 'self'",
    `frame-src 'self' ${challengeOrigins.join(' ')}`,
    `frame-ancestors ${parent}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const delegated = ['self', ...challengeOrigins.map((origin) => `"${origin}"`)].join(' ');
  return {
    'content-security-policy': csp.join('; '),
    'permissions-policy': `payment=(${delegated}), camera=(), geolocation=(), microphone=()`,
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/** Everything this origin shows: one form per parent origin and language, and the page a bank check comes back to. */
export type Pages = {
  form: (parent: string, locale: Locale) => Page | null;
  /** `parent` and `handle` as they stand in the address: where they are ours, the page leads back to the pay page. */
  challengeDone: (locale: Locale, parent: string, handle: string) => Reply;
};

export function makePages(
  frameScript: string,
  {
    parentOrigins,
    challengeOrigins,
  }: { parentOrigins: readonly string[]; challengeOrigins: readonly string[] },
): Pages {
  const forms = new Map<string, Page>();
  for (const parent of parentOrigins) {
    const headers = formHeaders(frameScript, parent, challengeOrigins);
    for (const locale of LOCALE_CODES)
      forms.set(`${locale} ${parent}`, pageOf(formPage(locale, frameScript), headers));
  }
  // Every frame above the bank check must be named: the form itself and the pay page around it.
  const ancestors = `frame-ancestors 'self' ${parentOrigins.join(' ')}`;
  const script = `script-src ${hashOf(CHALLENGE_DONE_SCRIPT)}`;
  return {
    form: (parent, locale) => forms.get(`${locale} ${parent}`) ?? null,
    challengeDone: (locale, parent, handle) => {
      const isOurs = parentOrigins.includes(parent) && ATTEMPT_HANDLE.test(handle);
      return {
        status: 200,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; ${script}; ${ancestors}; base-uri 'none'; form-action 'none'`,
        },
        body: challengeDonePage(locale, isOurs ? `${parent}/pay/return/${handle}` : null),
      };
    },
  };
}
