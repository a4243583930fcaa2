import { preparePaymentSession } from '@/lib/payment-sessions';
import { sessionAct } from '../../../_server/agent';

/** Begins to take a payment: the fields of a link, and which way the card is taken. */
export const POST = (request: Request): Promise<Response> =>
  sessionAct(request, { prepare: preparePaymentSession }, 201);
