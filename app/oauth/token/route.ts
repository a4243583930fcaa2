import { otherMethods } from '../../_server/api';
import { answerTokenRequest } from '../../_server/oauth';

export const POST = (request: Request): Promise<Response> => answerTokenRequest(request);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
