import type { Metadata } from 'next';
import Link from 'next/link';
import { Mark } from '@/app/_components/icons';
import { ForgotForm } from './forgot-form';

export const metadata: Metadata = { title: 'Forgot your password' };

export default function ForgotPasswordPage() {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center px-5 py-12">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Mark className="size-8" /> Counterfoil
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">Forgot your password</h1>
      <p className="mt-1 mb-6 text-muted">We e-mail you a link with which you set a new one.</p>
      <ForgotForm />
      <p className="mt-6">
        <Link href="/sign-in" prefetch={false} className="text-accent underline underline-offset-2">
          Back to sign in
        </Link>
      </p>
    </main>
  );
}
