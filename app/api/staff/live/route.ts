import { staffStream } from '@/app/_server/staff-stream';

export const GET = (request: Request): Promise<Response> => staffStream(request);
