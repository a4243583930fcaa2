import { answerNotification } from '../../../../_server/inbound';

type Context = RouteContext<'/api/inbound/gateways/[profile]'>;

/** A payment profile's gateway tells something by itself. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  answerNotification(request, (await params).profile);
