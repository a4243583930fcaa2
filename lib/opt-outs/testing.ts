import { changeReminders, listProfileSettings } from '../payment-profiles';
import type { TestHouse } from '../testing';

/** Lets the default profile of a test's merchant remind, so many minutes after the issue. */
export async function remindAfter(
  house: TestHouse,
  afterIssue: number[],
  quietHours: string | null = null,
): Promise<void> {
  const listed = await listProfileSettings(house.as('owner'));
  const profile = listed.ok && listed.value[0]?.id;
  const set = { profile, reminders: { afterIssue, beforeExpiry: [] }, quietHours };
  const changed = await changeReminders(house.as('admin'), set);
  if (!changed.ok) throw new Error(changed.error.message);
}
