'use server';
import { services } from '@/app/_server/services';
import { safeNext, sameOrigin } from '@/app/_server/staff';
import { REASONS } from '@/lib/contracts/single-sign-on';
import { isServed } from '@/lib/single-sign-on';

export type Found = { email: string; start: string | null; error: string | null };

/** The way to the provider of an e-mail's domain. Whether anybody has an account there is not looked at. */
export async function findProvider(_before: Found, form: FormData): Promise<Found> {
  const [email, next] = ['email', 'next'].map((name) => String(form.get(name) ?? '').trim());
  const origin = await sameOrigin();
  if (!origin.ok) return { email: email ?? '', start: null, error: origin.error.message };
  const domain = email?.split('@').at(-1) ?? '';
  if (!(await isServed(services(), domain)))
    return { email: email ?? '', start: null, error: REASONS.not_set_up };
  const query = new URLSearchParams({ domain, ...(safeNext(next) && { next: next ?? '' }) });
  return { email: email ?? '', start: `/api/auth/sso/start?${query}`, error: null };
}
