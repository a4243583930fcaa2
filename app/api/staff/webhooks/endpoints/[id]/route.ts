import { staffRoute } from '@/app/_server/staff';
import { readEndpointScreen } from '@/app/(staff)/(desk)/admin/webhooks/read';

type Context = { params: Promise<{ id: string }> };

export const GET = (request: Request, { params }: Context): Promise<Response> =>
  staffRoute(request, async (ctx) => readEndpointScreen(ctx, (await params).id));
