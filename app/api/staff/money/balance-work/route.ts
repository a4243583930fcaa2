import { staffRoute } from '@/app/_server/staff';
import { readWork } from '@/app/(staff)/(desk)/admin/money/balance/read';

export const GET = (request: Request): Promise<Response> => staffRoute(request, readWork);
