'use server';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser';
import { redirect } from 'next/navigation';
import { keepSession, signInAct, typed } from '@/app/_server/second-step';
import { safeNext } from '@/app/_server/staff';
import { ok } from '@/core/outcome';
import {
  addApp,
  addPasskey,
  askOwnPasskey,
  askSecondStep,
  enterCode,
  enterPasskey,
  finishSetUp,
  settingUp,
} from '@/lib/auth';

export type CodeState = { error: string | null };

const tryCode = signInAct('second_step', (services, tried, code: string) =>
  enterCode(services, { ...tried, code }),
);

/** The second step by a code of the app, or a recovery code. */
export async function enterCodeAction(_before: CodeState, form: FormData): Promise<CodeState> {
  const outcome = await tryCode(typed(form, 'code'));
  if (!outcome.ok) return { error: outcome.error.message };
  await keepSession(outcome.value.session);
  redirect(safeNext(typed(form, 'next')) ?? '/');
}

export const askPasskeyStep = signInAct('second_step', (services, { secret }) =>
  askSecondStep(services, secret),
);

/** The second step by a passkey. */
export const usePasskeyStep = signInAct(
  'second_step',
  async (services, tried, answer: { state: string; response: AuthenticationResponseJSON }) => {
    const outcome = await enterPasskey(services, { ...tried, answer });
    if (outcome.ok) await keepSession(outcome.value.session);
    return outcome.ok ? ok(true as const) : outcome;
  },
);

/** `app`: what is being set up, kept while a code is typed again. */
export type SetUpState = {
  error: string | null;
  app?: { secret: string; uri: string; state: string };
  codes: string[] | null;
};

const tryApp = signInAct('set_up', async (services, tried, input: object) => {
  const setUp = await settingUp(services, tried);
  return setUp.ok ? addApp(setUp.value.ctx, input, setUp.value.prove) : setUp;
});

/** Sets an authenticator app up as the first second factor. */
export async function setUpAppAction(_before: SetUpState, form: FormData): Promise<SetUpState> {
  const app = { secret: typed(form, 'secret'), uri: typed(form, 'uri'), state: typed(form, 'state') };
  const outcome = await tryApp({ state: app.state, code: typed(form, 'code') });
  if (!outcome.ok) return { error: outcome.error.message, app, codes: null };
  return { error: null, codes: outcome.value.recoveryCodes };
}

export const askFirstPasskey = signInAct('set_up', async (services, tried) => {
  const setUp = await settingUp(services, tried);
  return setUp.ok ? askOwnPasskey(setUp.value.ctx) : setUp;
});

/** Adds a passkey as the first second factor. */
export const addFirstPasskey = signInAct(
  'set_up',
  async (services, tried, input: { name: string; state: string; response: RegistrationResponseJSON }) => {
    const setUp = await settingUp(services, tried);
    return setUp.ok ? addPasskey(setUp.value.ctx, input, setUp.value.prove) : setUp;
  },
);

const finish = signInAct('set_up', finishSetUp);

/** Opens the session, once a second factor is set up. */
export async function finishAction(form: FormData): Promise<void> {
  const outcome = await finish();
  if (!outcome.ok) redirect('/sign-in');
  await keepSession(outcome.value.session);
  redirect(safeNext(typed(form, 'next')) ?? '/');
}
