'use server';
import type { RegistrationResponseJSON } from '@simplewebauthn/browser';
import { staffAction } from '@/app/_server/staff';
import * as factors from '@/lib/auth';

export const askNewApp = staffAction('ask_app', ({ ctx }) => factors.askApp(ctx));

/** Sets up the app that has shown a code. */
export const saveApp = staffAction('add_app', ({ ctx }, input: object) => factors.addApp(ctx, input));

export const dropApp = staffAction('remove_app', ({ ctx }) => factors.removeApp(ctx));

export const askNewKey = staffAction('ask_new_passkey', ({ ctx }) => factors.askOwnPasskey(ctx));

/** Keeps the passkey that the browser has made. */
export const saveKey = staffAction(
  'add_passkey',
  ({ ctx }, made: { name: string; state: string; response: RegistrationResponseJSON }) =>
    factors.addPasskey(ctx, made),
);

export const nameKey = staffAction('rename_passkey', ({ ctx }, id: string, name: string) =>
  factors.renamePasskey(ctx, { id, name }),
);

export const dropKey = staffAction('remove_passkey', ({ ctx }, id: string) =>
  factors.removePasskey(ctx, String(id)),
);

/** Ten new codes in the place of those before. */
export const newCodes = staffAction('make_recovery_codes', ({ ctx }) => factors.newRecoveryCodes(ctx));
