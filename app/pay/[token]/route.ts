import { errorText } from '@/lib/log';
import { localeOf, openToken, reasonOf } from '../../_server/pay';
import { newRequestId, services } from '../../_server/services';
import { renderBarePage, renderPayPage } from '../_page/render';

/** The page of a payment link. Reads only: whoever opens it, and however often, nothing changes. */
export async function GET(request: Request, { params }: RouteContext<'/pay/[token]'>): Promise<Response> {
  const { config, log } = services();
  try {
    const { token } = await params;
    const opened = await openToken(request, token);
    if (opened.kind === 'page')
      return renderPayPage(config, opened.page, token, {
        again: reasonOf(request),
        returned: new URL(request.url).searchParams.get('a'),
        userAgent: request.headers.get('user-agent'),
      });
    return renderBarePage(config, localeOf(request), opened.kind === 'throttled' ? 'throttled' : 'invalid');
  } catch (error) {
    log.error('pay_page_failed', {
      requestId: newRequestId(),
      route: '/pay/[token]',
      error: errorText(error),
    });
    return renderBarePage(config, localeOf(request), 'unavailable');
  }
}
