import { staffRoute } from '@/app/_server/staff';
import { readWhole } from '@/app/(staff)/(desk)/admin/money/balance/read';

type Context = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return staffRoute(request, (ctx) => readWhole(ctx, id));
};
