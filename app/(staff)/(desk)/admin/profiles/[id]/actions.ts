'use server';
import { staffAction } from '@/app/_server/staff';
import { changeCompatibility, saveCompatibleWebhook } from '@/lib/compatible';
import { removeFormLookup, saveFormLookup, tryFormLookup } from '@/lib/form-lookups';
import {
  changeProfileButton,
  changeProfileChallenge,
  changeProfileMoto,
  changeReceipts,
  changeReminders,
} from '@/lib/payment-profiles';
import { saveWriteBack } from '@/lib/write-backs';

/** Sets up or changes the form lookup; the answer holds a signing secret where one was made, this once. */
export const saveLookup = staffAction('save_form_lookup', ({ ctx }, input: object) =>
  saveFormLookup(ctx, input),
);

export const removeLookup = staffAction('remove_form_lookup', ({ ctx }, profile: string) =>
  removeFormLookup(ctx, String(profile)),
);

/** Asks the merchant's system once, and tells what came back. */
export const tryLookup = staffAction('try_form_lookup', ({ ctx }, profile: string, reference: string) =>
  tryFormLookup(ctx, String(profile), { reference: String(reference) }),
);

/** Sets up or changes the write-back; the answer holds its signing secret where it is new. */
export const saveBack = staffAction('save_write_back', ({ ctx }, input: object) => saveWriteBack(ctx, input));

/** Whether agents are offered the profile at the payment button. */
export const setButton = staffAction('change_profile_button', ({ ctx }, input: object) =>
  changeProfileButton(ctx, input),
);

/** What links of the profile ask before they show what they are for. */
export const setChallenge = staffAction('change_profile_challenge', ({ ctx }, input: object) =>
  changeProfileChallenge(ctx, input),
);

/** What receipts of the profile say of the merchant, and whether they are sent by themselves. */
export const setReceipts = staffAction('change_receipts', ({ ctx }, input: object) =>
  changeReceipts(ctx, input),
);

/** Whether the profile takes telephone orders: an owner's word. */
export const setMoto = staffAction('change_profile_moto', ({ ctx }, input: object) =>
  changeProfileMoto(ctx, input),
);

/** When customers of unpaid links are reminded, and when they are left in peace. */
export const setReminders = staffAction('change_reminders', ({ ctx }, input: object) =>
  changeReminders(ctx, input),
);

/** Makes a profile an account configuration of the Vonage-compatible API, or no longer one. */
export const setCompatible = staffAction('change_compatibility', ({ ctx }, input: object) =>
  changeCompatibility(ctx, input),
);

/** Sets up or changes where an account configuration tells its ends; the answer holds its signing secret where it is new. */
export const saveCompatible = staffAction('save_compatible_webhook', ({ ctx }, input: object) =>
  saveCompatibleWebhook(ctx, input),
);
