import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Mark } from '@/app/_components/icons';
import { waitingSecret } from '@/app/_server/second-step';
import { newRequestId, services } from '@/app/_server/services';
import { safeNext } from '@/app/_server/staff';
import { askApp, hasPasskeys, secondStep, settingUp } from '@/lib/auth';
import { CodeForm } from './code-form';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The second step of a sign-in; where there is no second factor yet, the place to set one up. */
export default async function SecondStepPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safeNext(typeof query.next === 'string' ? query.next : null);
  const secret = await waitingSecret();
  const waits = await secondStep(services(), secret);
  if (!waits) redirect('/sign-in');
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center px-5 py-12">
      <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <Mark className="size-8" /> Counterfoil
      </p>
      {waits.step === 'factor' ? (
        <CodeForm next={next} has={waits} withRecovery={query.with === 'recovery'} />
      ) : (
        <SetUp
          next={next}
          isProved={waits.step === 'proved'}
          app={waits.step === 'set_up' ? await newApp(secret) : null}
          hasPasskeys={hasPasskeys(services().config)}
        />
      )}
      <p className="mt-8 border-t border-line pt-4 text-sm text-muted">
        You sign in as {waits.email}.{' '}
        <Link href="/sign-in" prefetch={false} className="font-medium text-accent underline">
          Begin again
        </Link>
      </p>
    </main>
  );
}

async function newApp(secret: string | null) {
  const requestId = newRequestId();
  const setUp = await settingUp(services(), { secret, address: 'unknown', requestId });
  const asked = setUp.ok ? await askApp(setUp.value.ctx) : setUp;
  return asked.ok ? asked.value : null;
}
