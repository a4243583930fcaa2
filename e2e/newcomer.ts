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

/** An owner of the demo's second merchant, whom no other test signs in at, and how that merchant is left as it was. */
export async function newOwnerElsewhere(): Promise<Who & { leave: () => Promise<void> }> {
  const email = `${crypto.randomUUID()}@cedar.example`;
  const [row] = await withDatabase(
    (sql) => sql<{ merchant_id: string }[]>`
      insert into users (merchant_id, id, email, name, role, password_hash)
      select m.id, gen_random_uuid(), ${email}, 'Nora Keane', u.role, u.password_hash from users u, merchants m
      where u.email = ${run.owner.email} and m.id <> u.merchant_id order by m.id limit 1 returning merchant_id`,
  );
  const leave = () =>
    withDatabase(async (sql) => {
      const id = row?.merchant_id ?? 0;
      await sql`update merchants set accent = null, footer = null, logo_hash = null where id = ${id}`;
      await sql`delete from logos where merchant_id = ${id}`;
      await retire({ email, password: '' });
    });
  return { email, password: run.owner.password, leave };
}
