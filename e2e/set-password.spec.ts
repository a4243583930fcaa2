import { createHash, randomBytes, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { expect, run, signIn, test, uniqueReference } from './support';

/** A user without a password and the address at which they set one, as a first start makes them; removed afterwards. */
const withNewcomer = test.extend<{ newcomer: { email: string; link: string } }>({
  newcomer: async ({ baseURL: _ }, use) => {
    const sql = postgres(run.databaseUrl, { max: 1 });
    const id = randomUUID();
    const email = `${uniqueReference().toLowerCase()}@juniper.example`;
    const secret = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(secret).digest('base64url');
    const [owner] = await sql`select merchant_id from users where email = ${run.owner.email}`;
    const merchant = owner?.merchant_id;
    await sql`insert into users (merchant_id, id, email, name, role) values (${merchant}, ${id}, ${email}, 'New Comer', 'viewer')`;
    await sql`insert into password_links (merchant_id, hash, user_id, expires_at)
      values (${merchant}, ${hash}, ${id}, cf_now() + interval '1 hour')`;
    await use({ email, link: `${run.portalUrl}/set-password#${secret}` });
    await sql`delete from sessions where user_id = ${id}`;
    await sql`delete from password_links where user_id = ${id}`;
    await sql`delete from users where id = ${id}`;
    await sql.end();
  },
});

withNewcomer(
  'a one-time link sets a password that signs in; a weak one is refused, a used link says so',
  async ({ page, newcomer }) => {
    await page.goto(newcomer.link);
    const field = page.getByLabel('New password');
    await field.fill('passwordpassword');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('among the first to be guessed')).toBeVisible();
    await field.fill('glass otter under nine stairs');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('Your password is set.')).toBeVisible();
    await signIn(page, { email: newcomer.email, password: 'glass otter under nine stairs' });
    await page.goto(newcomer.link);
    await field.fill('another otter under ten stairs');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('This link does not work any more')).toBeVisible();
  },
);

test('an address without its secret says so', async ({ page }) => {
  await page.goto(`${run.portalUrl}/set-password`);
  await expect(page.getByText('This address is not complete.')).toBeVisible();
});
