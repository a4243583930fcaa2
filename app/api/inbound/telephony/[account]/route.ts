import { answerCallNews } from '../../../../_server/inbound';

type Context = RouteContext<'/api/inbound/telephony/[account]'>;

/** A telephony provider tells something of a call by itself. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  answerCallNews(request, (await params).account);
