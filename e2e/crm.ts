import { withDatabase } from './database';
import { expect, type House, run, uniqueReference } from './support';

/** A customer with an open invoice at the sandbox's CRM, of this test alone. */
export async function invoice(house: House): Promise<string> {
  const number = uniqueReference();
  const key = `C${number}`;
  const post = (path: string, data: object) =>
    house.request.post(`${run.sandboxUrl}/control/crm/${path}`, { data });
  const customer = {
    key,
    name: 'Nina Favre',
    email: 'nina@favre.example',
    phone: '+447700900321',
    locale: 'de',
  };
  expect((await post('customers', customer)).status()).toBe(201);
  const owed = {
    number,
    customer: key,
    amountMinor: 8_650,
    currency: 'EUR',
    description: 'Guided glacier walk',
  };
  expect((await post('invoices', owed)).status()).toBe(201);
  return number;
}

/** A profile of this test alone, with nothing set up; off until it is needed, so that no other form offers it. */
export const freshProfile = (name: string) =>
  withDatabase(
    (sql) => sql`insert into payment_profiles (merchant_id, id, name, enabled, gateway_account_id)
      select merchant_id, gen_random_uuid(), ${name}, false, gateway_account_id from payment_profiles
      where name = 'take later' limit 1`,
  );

export const switchProfile = (name: string, enabled: boolean) =>
  withDatabase((sql) => sql`update payment_profiles set enabled = ${enabled} where name = ${name}`);
