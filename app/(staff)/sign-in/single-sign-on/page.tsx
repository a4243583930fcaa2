import type { Metadata } from 'next';
import Link from 'next/link';
import { Mark } from '@/app/_components/icons';
import { safeNext } from '@/app/_server/staff';
import { FindProvider } from './find-provider';

export const metadata: Metadata = { title: 'Single sign-on' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where somebody says of which organisation they are, to sign in at its provider. */
export default async function SingleSignOnPage({ searchParams }: Props) {
  const { next: asked } = await searchParams;
  const next = safeNext(typeof asked === 'string' ? asked : null);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center px-5 py-12">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Mark className="size-8" /> Counterfoil
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">Single sign-on</h1>
      <p className="mt-1 mb-6 text-muted">Sign in with the account of your organisation.</p>
      <FindProvider next={next} />
      <p className="mt-6">
        <Link
          href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
          className="font-medium underline underline-offset-4"
        >
          Sign in with a password
        </Link>
      </p>
    </main>
  );
}
