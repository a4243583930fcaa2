import { type Outcome, ok } from '@/core/outcome';
import { changeUser } from '@/db/queries/team';
import type { Ctx } from '../context';
import { listLookInput } from '../contracts/saved-views';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { personIn } from './internal';

/** How this person has the list of links from now on, on every device. */
export async function saveListLook(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const person = personIn(ctx, 'account:write');
  if (!person.ok) return person;
  const parsed = parseInput(listLookInput, raw);
  if (!parsed.ok) return parsed;
  const { merchantId, userId: id } = person.value;
  return transact(ctx, async (tx) => {
    await changeUser(tx, { merchantId, id }, { listLook: parsed.value });
    await audit(ctx, tx, 'user.set_list_look', id, parsed.value);
    return ok(true);
  });
}
