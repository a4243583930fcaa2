import 'server-only';
import { actorId } from '@/lib/context';
import { watchPerson } from '@/lib/live';
import { watchPaymentLinks } from '@/lib/payment-links';
import { sseResponse } from './live';
import { problemOf, respondProblem } from './problem';
import { newRequestId } from './services';
import { currentStaffFor, queryOf, SIGNED_OUT, stillThere } from './staff';

/**
 * Which links of the merchant change, as server-sent events, for as long as whoever looks may see them: it ends when their session
 * does. It begins by saying that all may have changed, for whatever happened before.
 */
export async function staffStream(request: Request): Promise<Response> {
  const requestId = newRequestId();
  const staff = await currentStaffFor(request);
  if (!staff) return respondProblem(problemOf(SIGNED_OUT.error), requestId);
  const { ctx, session } = staff;
  const opened = await watchPaymentLinks({ ...ctx, requestId }, queryOf(request));
  if (!opened.ok) return respondProblem(problemOf(opened.error), requestId);
  const news = opened.value;
  const again = stillThere(staff, requestId);
  return sseResponse(request, {
    listener: `${ctx.merchantId} ${actorId(ctx.actor)}`,
    requestId,
    first: { links: [], many: true },
    read: async () => {
      const still = await again();
      return still.ok ? news.take(still.value) : still;
    },
    watch: (onChange) => {
      const ends = [
        news.watch(onChange),
        watchPerson(ctx, { user: session.user.id, session: session.id }, onChange),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  });
}
