import { staffRoute } from '@/app/_server/staff';
import { readBoard } from '@/app/(staff)/(desk)/agent/board';

export const GET = (request: Request): Promise<Response> => staffRoute(request, readBoard);
