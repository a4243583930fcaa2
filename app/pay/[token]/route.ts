import { errorText } from '@/lib/log';
import { type Answer, type Asked, layOutInFront, responseOf } from '../../_server/front';
import { localeOf, openToken, originAt, reasonOf } from '../../_server/pay';
import { newRequestId, services } from '../../_server/services';
import { linkHeaders } from '../_page/document';
import { renderBarePage, renderPayPage } from '../_page/render';
import { isGzipTaken } from '../_page/squeeze';

/** The page of a payment link. Reads only: whoever opens it, and however often, nothing changes. */
export const GET = async (request: Request, { params }: RouteContext<'/pay/[token]'>): Promise<Response> =>
  responseOf(await payPage(request, (await params).token));
layOutInFront(payPage);

async function payPage(request: Asked, token: string): Promise<Answer> {
  const { config, log } = services();
  const isSqueezed = isGzipTaken(request.headers.get('accept-encoding'));
  try {
    const opened = await openToken(request, token);
    if (opened.kind === 'page') {
      const { origin } = opened.page;
      if (originAt(request) !== origin) return leadTo(request, origin, config.portalUrl);
      return renderPayPage(config, opened.page, token, {
        again: reasonOf(request),
        returned: new URL(request.url).searchParams.get('a'),
        userAgent: request.headers.get('user-agent'),
        isSqueezed,
      });
    }
    const state = opened.kind === 'throttled' ? 'throttled' : 'invalid';
    return renderBarePage(config, localeOf(request), state, isSqueezed);
  } catch (error) {
    log.error('pay_page_failed', {
      requestId: newRequestId(),
      route: '/pay/[token]',
      error: errorText(error),
    });
    return renderBarePage(config, localeOf(request), 'unavailable', isSqueezed);
  }
}

/** Each page has one domain: what is opened at another one of ours goes there. */
function leadTo(request: Asked, origin: string, portalUrl: string): Answer {
  const { pathname, search } = new URL(request.url);
  const headers = {
    location: origin + pathname + search,
    ...linkHeaders(portalUrl.startsWith('https:')),
  };
  return { status: 307, headers, body: null };
}
