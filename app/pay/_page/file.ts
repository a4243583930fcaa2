import 'server-only';
import { errorText } from '@/lib/log';
import { openToken } from '../../_server/pay';
import { services } from '../../_server/services';
import { type View, viewOf } from './view';

/** A file's content; null where the page has no such file, `busy` where it cannot be made now. */
type Made = { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> } | 'busy' | null;

/** A file that belongs to a page and is made of what it tells. Reads only. */
export async function fileOfPage(
  request: Request,
  params: Promise<{ token: string }>,
  make: (view: View) => Made | Promise<Made>,
): Promise<Response> {
  const { config, log } = services();
  try {
    const { token } = await params;
    const opened = await openToken(request, token);
    const made = opened.kind === 'page' ? await make(viewOf(config, opened.page, token)) : null;
    if (made === 'busy')
      return new Response(null, { status: 503, headers: { ...HEADERS, 'retry-after': '5' } });
    if (made === null)
      return new Response(null, { status: opened.kind === 'throttled' ? 429 : 404, headers: HEADERS });
    return new Response(made.body, { headers: { ...HEADERS, ...made.headers } });
  } catch (error) {
    log.error('pay_file_failed', { route: '/pay/[token]', error: errorText(error) });
    return new Response(null, { status: 503, headers: HEADERS });
  }
}

/** Of a page that can be paid; there is none of any other. */
export const fileOfReady = (
  request: Request,
  params: Promise<{ token: string }>,
  type: string,
  make: (view: View) => string,
): Promise<Response> =>
  fileOfPage(request, params, (view) =>
    view.page.state === 'ready' ? { body: make(view), headers: { 'content-type': type } } : null,
  );

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};
