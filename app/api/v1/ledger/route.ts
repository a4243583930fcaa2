import { listLedger } from '@/lib/ledger';
import { apiRead, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listLedger(ctx, queryOf(request)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
