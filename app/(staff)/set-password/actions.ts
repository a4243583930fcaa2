'use server';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { typed } from '@/app/_server/second-step';
import { authParts, sameOrigin } from '@/app/_server/staff';
import { setPassword } from '@/lib/auth';
import { errorText } from '@/lib/log';

/** `problem` is about the password, `error` about anything else. */
export type SetPasswordState = { error?: string; problem?: string };

const UNAVAILABLE = 'The password could not be set right now. Nothing is lost; try again in a minute.';

/** Sets the password of whoever holds the one-time link: the link is the only proof asked for. */
export async function setPasswordAction(
  _before: SetPasswordState,
  form: FormData,
): Promise<SetPasswordState> {
  const origin = await sameOrigin();
  if (!origin.ok) return { error: origin.error.message };
  const parts = authParts();
  const { services } = parts;
  const { address, requestId } = parts.origin(await headers());
  const given = { secret: typed(form, 'secret'), password: typed(form, 'password') };
  const outcome = await setPassword(services, { ...given, address, requestId }).catch((error: unknown) => {
    services.log.error('set_password', { requestId, error: errorText(error) });
    return null;
  });
  if (!outcome) return { error: UNAVAILABLE };
  services.log.info('set_password', { requestId, code: outcome.ok ? 'ok' : outcome.error.code });
  if (outcome.ok) redirect('/sign-in?password-set=1');
  return outcome.error.errors ? { problem: outcome.error.message } : { error: outcome.error.message };
}
