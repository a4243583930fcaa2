/** Prepare: what is going to be charged under a reference, said before the card is sent. */
import { underFault } from './faults';
import type { Gateway } from './gateway-books';
import { intentInput } from './gateway-input';
import { type Call, failure, json, jsonBody, type Reply } from './http';
import { newId } from './ids';
import type { Intent } from './ledger-records';

const view = ({ id, reference }: Intent): object => ({ id, reference, status: 'open' });

const isSame = (a: Omit<Intent, 'id'>, b: Omit<Intent, 'id'>): boolean =>
  a.paymentLink === b.paymentLink && a.amountMinor === b.amountMinor && a.currency === b.currency;

/** Handles `POST /gateway/intents`: once per reference, and then no other amount can be charged under it. */
export function prepare(gateway: Gateway, call: Call): Promise<Reply> {
  const { ledger } = gateway;
  const input = jsonBody(call, intentInput, 400);
  return underFault(gateway.faults.pick('gateway', 'prepare', input), async () => {
    if (ledger.isFenced(input.reference))
      return failure(409, 'fenced', 'This reference was fenced: nothing may be charged under it.');
    const before = ledger.intent(input.reference);
    if (before && !isSame(before, input))
      return failure(422, 'idempotency_mismatch', 'This reference was prepared for something else.');
    const intent: Intent = before ?? { id: newId('gwi'), ...input };
    if (!before) await gateway.books.commit([{ type: 'intent', intent }]);
    await ledger.settled();
    return json(200, view(intent));
  });
}
