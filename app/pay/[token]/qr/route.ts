import { renderSVG } from 'uqr';
import { plainAddress } from '../../_page/devices';
import { fileOfReady } from '../../_page/file';

/** The address of the page as a code for a telephone's camera. */
export const GET = (request: Request, { params }: RouteContext<'/pay/[token]/qr'>): Promise<Response> =>
  fileOfReady(request, params, 'image/svg+xml', (view) => renderSVG(plainAddress(view), { ecc: 'M' }));
