import { errorText } from '@/lib/log';
import { openToken, payJson, statusJson } from '../../../_server/pay';
import { services } from '../../../_server/services';

/** How the link stands, for the open page. Reads only. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/pay/[token]/status'>,
): Promise<Response> {
  try {
    const opened = await openToken(request, (await params).token);
    if (opened.kind !== 'page')
      return payJson({ code: 'not_found' }, opened.kind === 'throttled' ? 429 : 404);
    return statusJson(opened.page, new URL(request.url).searchParams.get('attempt'));
  } catch (error) {
    services().log.error('pay_status_failed', { route: '/pay/[token]/status', error: errorText(error) });
    return payJson({ code: 'unavailable' }, 503);
  }
}
