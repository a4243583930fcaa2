import { queryOf, staffRoute } from '@/app/_server/staff';
import { listLeftLinks } from '@/lib/bulk-acts';

type Context = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return staffRoute(request, (ctx) => listLeftLinks(ctx, id, queryOf(request)));
};
