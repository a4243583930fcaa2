import { keypadReport } from '@/lib/keypad-calls';
import { keypadCtx, recordKeypad } from '@/lib/payment-sessions';
import { cardCall } from '../../../_server/card';
import { driveLater } from '../../../_server/sessions';

/** The card process tells how a card that is keyed stands: counts and states, never a digit. */
export const POST = (request: Request): Promise<Response> =>
  cardCall(request, {
    call: 'keypad',
    schema: keypadReport,
    ctxOf: (services, requestId, { session }) => keypadCtx(services, requestId, session),
    verb: async (ctx, report) => {
      const answer = await recordKeypad(ctx, report);
      if (answer.ok) driveLater(ctx, report.session);
      return answer;
    },
  });
