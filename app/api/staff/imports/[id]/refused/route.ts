import { staffFile } from '@/app/_server/csv-file';
import { exportRefusedRows } from '@/lib/payment-link-batches';

type Context = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return staffFile(request, 'rows-to-mend.csv', (ctx) => exportRefusedRows(ctx, id));
};
