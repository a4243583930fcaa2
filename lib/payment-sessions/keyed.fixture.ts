import { uuidFromId } from '@/core/ids';
import type { TestHouse } from '../testing';

/** A session as it stands once every field was just keyed on a call, for tests that have no telephone. */
export async function keyAll({ database: { sql } }: TestHouse, id: string): Promise<void> {
  const field = (digits: number) => ({ state: 'captured', digits, error: null });
  const fields = { card_number: field(16), expiry: field(4), security_code: field(3) };
  await sql`update payment_profiles set moto = true`;
  await sql`update payment_sessions set kind = 'agent_assist', state = 'ready', recording = 'suspended',
    fields = ${JSON.stringify(fields)}::jsonb, capture_at = cf_now(), heard_at = cf_now() where id = ${uuidFromId('paymentSession', id)}`;
}
