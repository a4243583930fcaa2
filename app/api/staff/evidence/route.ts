import { staffRoute } from '@/app/_server/staff';
import { readEvidence } from '@/lib/evidence';

/** The evidence page as data. */
export const GET = (request: Request): Promise<Response> => staffRoute(request, readEvidence);
