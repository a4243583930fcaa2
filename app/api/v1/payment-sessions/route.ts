import { preparePaymentSession } from '@/lib/payment-sessions';
import { otherMethods } from '../../../_server/api';
import { sessionWrite } from '../../../_server/sessions';

export const POST = (request: Request): Promise<Response> =>
  sessionWrite(request, 201, { prepare: preparePaymentSession });

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
