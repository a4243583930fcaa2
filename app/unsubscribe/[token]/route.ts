import { errorText } from '@/lib/log';
import { networkOf } from '@/lib/network';
import { changeSubscription, readSubscription, type Subscription } from '@/lib/opt-outs';
import { BAD_TOKENS, Throttle } from '@/lib/pay-page';
import { readText } from '../../_server/body';
import { responseOf } from '../../_server/front';
import { isOwnForm, localeOf } from '../../_server/pay';
import { clientAddress, newRequestId, services } from '../../_server/services';
import { renderBarePage } from '../../pay/_page/render';
import { renderSubscription } from '../render';

type Context = RouteContext<'/unsubscribe/[token]'>;
const MOST_BYTES = 4096;
const throttle = new Throttle(BAD_TOKENS);

/** Shows how things stand, and changes nothing: scanners of mail open every address. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  answer(request, params, async (found, token) => renderSubscription(request, found, token));

/** Acts for a form of our own page, or for a mail program's button, which asks for no page (RFC 8058). */
export const POST = (request: Request, { params }: Context): Promise<Response> =>
  answer(request, params, async (found, token) => {
    const form = await readForm(request);
    const isOneClick = form.get('List-Unsubscribe') === 'One-Click';
    const act = isOneClick ? 'stop' : isOwnForm(request) ? form.get('act') : null;
    if (act !== 'stop' && act !== 'again') return renderSubscription(request, found, token, 403);
    await changeSubscription(services(), newRequestId(), found, act === 'again');
    if (isOneClick) return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
    const location = `/unsubscribe/${token}${new URL(request.url).search}`;
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  });

/** A form however it is encoded: mail programs may choose. Empty where it is none. */
async function readForm(request: Request): Promise<FormData> {
  const text = await readText(request, MOST_BYTES);
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return new Response(text, { headers }).formData().catch(() => new FormData());
}

async function answer(
  request: Request,
  params: Context['params'],
  act: (found: Subscription, token: string) => Promise<Response>,
): Promise<Response> {
  const { config, log } = services();
  const { token } = await params;
  try {
    const found = await readSubscription(services(), token);
    if (found) return await act(found, token);
    const network = networkOf(clientAddress(request.headers));
    const isTooMuch = throttle.blocks(network, performance.now());
    return responseOf(renderBarePage(config, localeOf(request), isTooMuch ? 'throttled' : 'invalid'));
  } catch (error) {
    log.error('unsubscribe_failed', { route: '/unsubscribe/[token]', error: errorText(error) });
    return responseOf(renderBarePage(config, localeOf(request), 'unavailable'));
  }
}
