import { lookAt } from '@/lib/branding';
import { errorText } from '@/lib/log';
import { networkOf } from '@/lib/network';
import { CHECKS, CHECKS_OF_REFERENCE, Throttle } from '@/lib/pay-page';
import { isGenuine, readCheck } from '@/lib/request-checks';
import { readText } from '../_server/body';
import { isOwnForm, localeOf, originAt } from '../_server/pay';
import { clientAddress, newRequestId, services } from '../_server/services';
import { type CheckState, renderCheck } from './render';

const MOST_BYTES = 4096;
const byNetwork = new Throttle(CHECKS);
const byReference = new Throttle(CHECKS_OF_REFERENCE);

/** Asks for what stands on a request. Nothing is told, whatever stands in the address. */
export const GET = (request: Request): Promise<Response> => answer(request, 'ask');

/** Tells whether a request is genuine, to a form of our own page. */
export async function POST(request: Request): Promise<Response> {
  const { log } = services();
  try {
    return await answer(request, await check(request));
  } catch (error) {
    log.error('request_check_failed', { requestId: newRequestId(), error: errorText(error) });
    return answer(request, 'unavailable');
  }
}

/** The page, in the look of the merchant where it can be of only one. It is told without, too. */
async function answer(request: Request, state: CheckState): Promise<Response> {
  const origin = originAt(request);
  const look = await lookAt(services(), origin).catch(() => null);
  return renderCheck(services().config, origin, localeOf(request), state, look);
}

async function check(request: Request): Promise<CheckState> {
  if (!isOwnForm(request)) return 'ask';
  const entered = readCheck(new URLSearchParams((await readText(request, MOST_BYTES)) ?? ''));
  if (!entered) return 'empty';
  const now = performance.now();
  const isTooMuch = [
    byNetwork.blocks(networkOf(clientAddress(request.headers)), now),
    byReference.blocks(entered.reference.toLowerCase(), now),
  ].includes(true);
  if (isTooMuch) return 'throttled';
  return (await isGenuine(services(), entered, originAt(request))) ? 'genuine' : 'unknown';
}
