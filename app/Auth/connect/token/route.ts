import { GLOBALPCI } from '@/lib/contracts/compatible';
import { compatibleMethods } from '../../../_server/compatible';
import { answerTokenRequest } from '../../../_server/oauth';

export const POST = (request: Request): Promise<Response> => answerTokenRequest(request, GLOBALPCI);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = compatibleMethods('POST');
