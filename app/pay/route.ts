import { responseOf } from '../_server/front';
import { localeOf } from '../_server/pay';
import { services } from '../_server/services';
import { renderBarePage } from './_page/render';

/** An address that was copied without its end. */
export const GET = (request: Request): Response =>
  responseOf(renderBarePage(services().config, localeOf(request), 'invalid'));
