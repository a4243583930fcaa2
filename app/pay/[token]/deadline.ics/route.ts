import { calendarOf } from '../../_page/calendar';
import { fileOfPage } from '../../_page/file';

/** The deadline for a calendar. */
export const GET = (
  request: Request,
  { params }: RouteContext<'/pay/[token]/deadline.ics'>,
): Promise<Response> => fileOfPage(request, params, 'text/calendar; charset=utf-8', calendarOf);
