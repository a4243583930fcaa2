import { calendarOf } from '../../_page/calendar';
import { fileOfReady } from '../../_page/file';

/** The deadline for a calendar. */
export const GET = (
  request: Request,
  { params }: RouteContext<'/pay/[token]/deadline.ics'>,
): Promise<Response> => fileOfReady(request, params, 'text/calendar; charset=utf-8', calendarOf);
