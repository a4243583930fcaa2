import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { LOCALE_CODES, type Locale } from '@/core/messages';
import { ATTEMPT_HANDLE } from '@/core/payment-attempt';
import { CHALLENGE_DONE_SCRIPT, challengeDonePage } from './frame/challenge-done';
import { formPage } from './frame/form-page';
import { FORM_STYLES } from './frame/styles';
import type { Reply } from './reply';

/** A text in the encodings it may be sent in. */
type Body = { identity: Buffer; br: Buffer; gzip: Buffer };
/** A static document with its headers. Made once, never per request. */
export type Page = Body & { headers: Readonly<Record<string, string>>; etag: string };

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The best quality of brotli takes twice as long for one byte in a hundred: there is a form in each language. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

function bodyOf(html: string): Body {
  const identity = Buffer.from(html);
  return { identity, br: brotliCompressSync(identity, BROTLI), gzip: gzipSync(identity) };
}

function pageOf(body: Body, headers: Record<string, string>): Page {
  const digest = createHash('sha256')
    .update(body.identity)
    .update(JSON.stringify(headers))
    .digest('base64url');
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
      ...headers,
    },
    etag: `"${digest.slice(0, 22)}"`,
    ...body,
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
  /** `chosen`: the language chosen on the pay page, if one was. */
  challengeDone: (locale: Locale, parent: string, handle: string, chosen: Locale | null) => Reply;
};

export function makePages(
  frameScript: string,
  {
    parentOrigins,
    challengeOrigins,
  }: { parentOrigins: readonly string[]; challengeOrigins: readonly string[] },
): Pages {
  const forms = new Map<string, Page>();
  for (const locale of LOCALE_CODES) {
    const body = bodyOf(formPage(locale, frameScript));
    for (const parent of parentOrigins)
      forms.set(`${locale} ${parent}`, pageOf(body, formHeaders(frameScript, parent, challengeOrigins)));
  }
  // Every frame above the bank check must be named: the form itself and the pay page around it.
  const ancestors = `frame-ancestors 'self' ${parentOrigins.join(' ')}`;
  const script = `script-src ${hashOf(CHALLENGE_DONE_SCRIPT)}`;
  return {
    form: (parent, locale) => forms.get(`${locale} ${parent}`) ?? null,
    challengeDone: (locale, parent, handle, chosen) => {
      const query = chosen ? `?l=${chosen}` : '';
      const isOurs = parentOrigins.includes(parent) && ATTEMPT_HANDLE.test(handle);
      return {
        status: 200,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; ${script}; ${ancestors}; base-uri 'none'; form-action 'none'`,
        },
        body: challengeDonePage(locale, isOurs ? `${parent}/pay/return/${handle}${query}` : null),
      };
    },
  };
}
