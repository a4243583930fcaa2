import { createCompatibleSession, sessionOfGuid } from '@/lib/compatible';
import { compatibleCall, compatibleMethods } from '../../_server/compatible';
import { driveLater } from '../../_server/sessions';

/** What follows outside, at the call and its recording, is done behind the answer. */
export const POST = (request: Request): Promise<Response> =>
  compatibleCall(request, 201, async (ctx, input) => {
    const made = await createCompatibleSession(ctx, 'agent_assist', input);
    const id = made.ok && sessionOfGuid(made.value.sessionGuid);
    if (id) driveLater(ctx, id);
    return made;
  });

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = compatibleMethods('POST');
