import { preparePaymentLink } from '../../payment-links';
import type { PreparedWork } from '../index';

/** Issues a link of this reference. `then` runs where it is issued and not yet committed. */
export const issuing = (reference: string, then: () => unknown = () => {}): PreparedWork => ({
  prepare: async (outer) => {
    const act = await preparePaymentLink(outer, { amountMinor: 1240, currency: 'GBP', reference });
    return async (inner) => {
      const made = act.ok ? await act.value(inner) : act;
      await then();
      return { status: made.ok ? 201 : 422, body: JSON.stringify(made) };
    };
  },
});
