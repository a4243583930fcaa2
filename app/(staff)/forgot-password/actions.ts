'use server';
import { headers } from 'next/headers';
import { typed } from '@/app/_server/second-step';
import { authParts, sameOrigin } from '@/app/_server/staff';
import { askPasswordReset } from '@/lib/auth';
import { errorText } from '@/lib/log';

export type ForgotState = { email: string; error?: string; isAsked?: boolean };

const UNAVAILABLE = 'That is not possible right now. Try again in a minute.';

/** Asks for a letter with a new-password link. The answer says nothing of whether there is such an account. */
export async function forgotAction(_before: ForgotState, form: FormData): Promise<ForgotState> {
  const email = typed(form, 'email');
  const origin = await sameOrigin();
  if (!origin.ok) return { email, error: origin.error.message };
  const parts = authParts();
  const { address, requestId } = parts.origin(await headers());
  const outcome = await askPasswordReset(parts.services, { email }, { address, requestId }).catch(
    (error: unknown) => {
      parts.services.log.error('forgot_password', { requestId, error: errorText(error) });
      return null;
    },
  );
  if (!outcome) return { email, error: UNAVAILABLE };
  return outcome.ok ? { email, isAsked: true } : { email, error: 'That is no e-mail address.' };
}
