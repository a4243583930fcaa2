import { staffRoute } from '@/app/_server/staff';
import { readNeeds } from '@/lib/reconciliation';

export const GET = (request: Request): Promise<Response> => staffRoute(request, readNeeds);
