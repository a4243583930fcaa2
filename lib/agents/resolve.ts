import { type Outcome, ok, refuse } from '@/core/outcome';
import { roleMay } from '@/core/permissions';
import type { Executor } from '@/db/client';
import { findUserCalled } from '@/db/queries/merchants';

/** Who takes a payment during a call. `line`: how the telephony provider names them. */
export type Agent = { id: string; name: string; line: string };

const MAY_NOT = refuse(
  'forbidden',
  'This person takes no payments: switched off, or not an agent. An owner or admin can change that.',
);

/**
 * The agent of this merchant that goes by this id or e-mail. A name that is nobody's here is another system's, and is kept as
 * it is; a person who is known and takes no payments is refused.
 */
export async function resolveAgent(tx: Executor, merchantId: number, text: string): Promise<Outcome<Agent>> {
  const user = await findUserCalled(tx, merchantId, text);
  if (!user) return ok({ id: text, name: text, line: text });
  const may = !user.disabledAt && user.buttonEnabled && roleMay(user.role, 'payment_sessions:create');
  return may ? ok({ id: user.id, name: user.name, line: user.email }) : MAY_NOT;
}
