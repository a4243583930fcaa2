import { isOpenedByHeaders, openSessionFrame } from '../../../_server/agent-frame';
import { compatibleMethods } from '../../../_server/compatible';

type Context = { params: Promise<{ guid: string }> };

const others = compatibleMethods('POST');

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  openSessionFrame(request, (await params).guid);

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  isOpenedByHeaders(request) ? openSessionFrame(request, (await params).guid) : others.GET();

export const { HEAD, PUT, PATCH, DELETE, OPTIONS } = others;
