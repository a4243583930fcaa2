import { createRefund } from '@/lib/refunds';
import { apiWrite, otherMethods } from '../../../_server/api';

export const POST = (request: Request): Promise<Response> => apiWrite(request, 201, createRefund);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
