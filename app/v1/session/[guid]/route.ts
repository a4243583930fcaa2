import { readCompatibleSession } from '@/lib/compatible';
import { compatibleCall, compatibleMethods } from '../../../_server/compatible';

type Context = { params: Promise<{ guid: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { guid } = await params;
  return compatibleCall(request, 200, (ctx) => readCompatibleSession(ctx, guid));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = compatibleMethods('GET');
