import { services } from '@/app/_server/services';
import { leave, onTheWay, roundSecret } from '@/app/_server/single-sign-on';
import { currentStaffFor } from '@/app/_server/staff';
import { beginStepUp } from '@/lib/single-sign-on';

/** Leads who is signed in to their provider, which asks anew who they are. */
export const GET = (request: Request): Promise<Response> =>
  onTheWay(async () => {
    const staff = await currentStaffFor(request);
    if (!staff) return leave({ ok: false, reason: 'round_over' }, null);
    return leave(await beginStepUp(services(), staff.session, await roundSecret()), null);
  });
