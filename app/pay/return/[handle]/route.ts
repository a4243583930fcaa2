import { errorText } from '@/lib/log';
import { networkOf } from '@/lib/network';
import { BAD_TOKENS, returnAddress, Throttle } from '@/lib/pay-page';
import { responseOf } from '../../../_server/front';
import { chosenLocale, localeOf } from '../../../_server/pay';
import { clientAddress, services } from '../../../_server/services';
import { renderBarePage } from '../../_page/render';

const throttle = new Throttle(BAD_TOKENS);

/** Back from a bank's page that filled the window: leads to the page of the payment. Reads only. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/pay/return/[handle]'>,
): Promise<Response> {
  const { config, log } = services();
  const locale = localeOf(request);
  try {
    const location = await returnAddress(services(), (await params).handle, chosenLocale(request));
    if (location)
      return new Response(null, {
        status: 303,
        headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      });
    const isBlocked = throttle.blocks(networkOf(clientAddress(request.headers)), performance.now());
    return responseOf(renderBarePage(config, locale, isBlocked ? 'throttled' : 'invalid'));
  } catch (error) {
    log.error('pay_return_failed', { route: '/pay/return/[handle]', error: errorText(error) });
    return responseOf(renderBarePage(config, locale, 'unavailable'));
  }
}
