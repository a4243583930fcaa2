import { withDatabase } from './database';
import { run } from './support';

type Who = { email: string; password: string };

/** An agent of this test alone, whose desk nobody else's calls and payments are on. */
export async function newAgent(): Promise<Who> {
  const email = `${crypto.randomUUID()}@juniper.example`;
  await withDatabase(
    (sql) => sql`insert into users (merchant_id, id, email, name, role, password_hash)
      select merchant_id, gen_random_uuid(), ${email}, 'Nora Keane', role, password_hash from users where email = ${run.agent.email}`,
  );
  return { email, password: run.agent.password };
}

/** Nobody signs in as them any more; what they took stays. */
export const retire = ({ email }: Who) =>
  withDatabase(async (sql) => {
    await sql`delete from sessions using users where users.id = user_id and users.email = ${email}`;
    await sql`update users set disabled_at = cf_now() where email = ${email}`;
  });

export const switchButton = ({ email }: Who, on: boolean) =>
  withDatabase((sql) => sql`update users set button_enabled = ${on} where email = ${email}`);
