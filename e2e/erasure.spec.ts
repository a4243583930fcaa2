import { act, as, detail, dialog, looksRight, standing } from './desk';
import { expect, run, test, uniqueReference } from './support';

test('an admin erases a customer, is told what stays, and reads afterwards that it was done; an agent is not offered it', async ({
  page,
  house,
}) => {
  const reference = uniqueReference();
  const customer = { name: 'Rosalind Quillfeather', email: `${reference.toLowerCase()}@example.test` };
  const link = await house.issue({ customer, reference, description: 'Strings for a harp' });
  await as(page, run.admin);
  await page.goto(detail(link));
  await expect(act(page, 'Cancel link')).toBeVisible();
  await expect(act(page, 'Erase customer data')).toHaveCount(0);
  await act(page, 'Cancel link').click();
  await dialog(page).getByRole('button', { name: 'Cancel link' }).click();

  await act(page, 'Erase customer data').press('Enter');
  await expect(dialog(page)).toContainText('Your books need them.');
  await dialog(page).getByLabel(`Of every link with ${customer.email}`).check();
  await looksRight(page, 'erase-dialog');
  await dialog(page).getByRole('button', { name: 'Erase for good' }).click();
  await expect(standing(page)).toContainText('The customer’s data was erased');
  await expect(page.getByText('Rosalind')).toHaveCount(0);
  await expect(page.getByText(reference)).toBeVisible();
  await expect(act(page, 'Erase customer data')).toHaveCount(0);
  await looksRight(page, 'erased-link');

  const other = await house.issue({ customer });
  await house.api('POST', `/payment-links/${other.id}/cancel`);
  await as(page, run.agent);
  await page.goto(detail(other));
  await expect(standing(page)).toContainText('Canceled');
  await expect(page.getByText(/erase/i)).toHaveCount(0);
});
