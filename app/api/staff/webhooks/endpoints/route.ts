import { staffRoute } from '@/app/_server/staff';
import { readEndpoints } from '@/app/(staff)/(desk)/admin/webhooks/read';

export const GET = (request: Request): Promise<Response> => staffRoute(request, readEndpoints);
