import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Mark } from '@/app/_components/icons';
import { services } from '@/app/_server/services';
import { reasonOf } from '@/app/_server/single-sign-on';
import { currentStaff, homeOf, safeNext } from '@/app/_server/staff';
import { hasPasskeys } from '@/lib/auth';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

/** The codes with which next-auth's own routes send a browser back here. */
const REASONS: Record<string, string> = {
  rate_limited: 'Too many tries. Sign-in is locked for 30 minutes for this account from here.',
  second_step: 'Sign in here: your sign-in has a second step.',
  unavailable: 'Sign-in is not available right now. Try again in a minute.',
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : null);
  const next = safeNext(one('next'));
  const staff = await currentStaff().catch(() => null);
  if (staff) redirect(next ?? homeOf(staff.session.user.role));
  const code = one('error');
  const error = code && (reasonOf(code) ?? REASONS[code] ?? 'That e-mail and password do not go together.');
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center px-5 py-12">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Mark className="size-8" /> Counterfoil
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">Sign in</h1>
      <p className="mt-1 mb-6 text-muted">
        {next ? 'Sign in to go on to the page you asked for.' : 'For the people who take payments.'}
      </p>
      {one('signed-out') && (
        <p role="status" className="mb-4 rounded-lg bg-sunken px-4 py-3">
          You are signed out.
        </p>
      )}
      {one('password-set') && (
        <p role="status" className="mb-4 rounded-lg bg-sunken px-4 py-3">
          Your password is set. Sign in with it.
        </p>
      )}
      <SignInForm next={next} error={error} hasPasskeys={hasPasskeys(services().config)} />
      <p className="mt-4 flex flex-wrap justify-between gap-3">
        <Link href="/forgot-password" prefetch={false} className="text-accent underline underline-offset-2">
          Forgot your password?
        </Link>
        <Link
          href={`/sign-in/single-sign-on${next ? `?next=${encodeURIComponent(next)}` : ''}`}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          Use single sign-on
        </Link>
      </p>
      {services().config.mode === 'demo' && (
        <p className="mt-8 border-t border-line pt-4 text-sm text-muted">
          Demo: the sign-ins are printed by <code className="font-mono text-ink">npm start</code>.
        </p>
      )}
    </main>
  );
}
