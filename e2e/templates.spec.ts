import { looksRight } from './desk';
import { newOwnerElsewhere } from './newcomer';
import { expect, run, signIn, test } from './support';

test('an owner adds a sentence to an SMS, sees what it says and costs before it is saved, and is told what is not taken', async ({
  page,
}) => {
  const owner = await newOwnerElsewhere();
  try {
    await signIn(page, owner);
    await page.goto(`${run.portalUrl}/admin/templates`);
    const cost = page.getByRole('status').filter({ hasText: 'characters' });
    await expect(cost).toContainText(/of 160 characters in GSM-7: costs 1 SMS/);
    const sentence = page.getByLabel('Sentence', { exact: true });
    await sentence.fill('Pay at www.elsewhere.example');
    await expect(page.getByText('must not have an address')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await sentence.fill('{customer}, your walking sticks are ready 😀');
    await expect(cost).toContainText('UCS-2');
    await sentence.fill(
      '{customer}, your walking sticks are ready and wait for you at the desk of the clinic.',
    );
    await expect(cost).toContainText('GSM-7: costs 2 SMS');
    await expect(page.getByText(/^Ada Byron, your walking sticks/)).toBeVisible();
    await looksRight(page, 'templates');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. New messages have it at once.')).toBeVisible();
    await page.getByLabel('Language').selectOption('ar');
    await expect(sentence).toHaveValue('');
    await page.getByLabel('Language').selectOption('en');
    await expect(sentence).toHaveValue(/walking sticks/);
    await sentence.fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Not saved yet.')).toBeHidden();
  } finally {
    await owner.leave();
  }
});
