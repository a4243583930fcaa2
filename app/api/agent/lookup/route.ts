import { lookUpForm } from '@/lib/form-lookups';
import { agentWrite, deskOnly } from '../../../_server/agent';

/** Asks the merchant's own system what it knows of a reference. What comes back are proposals: nothing is issued. */
export const POST = (request: Request): Promise<Response> => agentWrite(request, deskOnly(lookUpForm));
