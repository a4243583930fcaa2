import type { Metadata } from 'next';
import { Mark } from '@/app/_components/icons';
import { MIN_CHARACTERS } from '@/lib/auth';
import { SetPasswordForm } from './set-password-form';

export const metadata: Metadata = { title: 'Set your password' };

/** Opened from a one-time address; its secret stands behind the # and reaches the server only when the form is sent. */
export default function SetPasswordPage() {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center px-5 py-12">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Mark className="size-8" /> Counterfoil
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">Set your password</h1>
      <p className="mt-1 mb-6 text-muted">This page works once. Afterwards you sign in with your e-mail.</p>
      <SetPasswordForm minCharacters={MIN_CHARACTERS} />
    </main>
  );
}
