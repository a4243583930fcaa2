import 'server-only';
import { errorText } from '@/lib/log';
import { openToken } from '../../_server/pay';
import { services } from '../../_server/services';
import { type View, viewOf } from './view';

/** A file that belongs to a page which can be paid; there is none for any other. Reads only. */
export async function fileOfPage(
  request: Request,
  params: Promise<{ token: string }>,
  type: string,
  make: (view: View) => string,
): Promise<Response> {
  const { config, log } = services();
  try {
    const { token } = await params;
    const opened = await openToken(request, token);
    const isThere = opened.kind === 'page' && opened.page.state === 'ready';
    if (!isThere)
      return new Response(null, { status: opened.kind === 'throttled' ? 429 : 404, headers: HEADERS });
    return new Response(make(viewOf(config, opened.page, token)), {
      headers: { ...HEADERS, 'content-type': type },
    });
  } catch (error) {
    log.error('pay_file_failed', { route: '/pay/[token]', error: errorText(error) });
    return new Response(null, { status: 503, headers: HEADERS });
  }
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};
