import { staffRoute } from '@/app/_server/staff';
import { readImport } from '@/app/(staff)/(desk)/admin/import/read';

type Context = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return staffRoute(request, (ctx) => readImport(ctx, id));
};
