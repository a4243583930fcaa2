import Link from 'next/link';
import { CheckIcon } from '@/app/_components/icons';
import type { Steps } from '@/core/figures';
import type { Role } from '@/core/permissions';

const STEPS: { step: keyof Steps; href: string; label: string; what: string }[] = [
  { step: 'gateway', href: '/admin/profiles', label: 'Gateway', what: 'where your money is taken' },
  { step: 'address', href: '/admin/profiles', label: 'Payment profile', what: 'your address for receipts' },
  { step: 'branding', href: '/admin/branding', label: 'Branding', what: 'your name, colour and logo' },
  {
    step: 'endpoint',
    href: '/admin/webhooks',
    label: 'Endpoint',
    what: 'where your system hears of payments',
  },
  { step: 'link', href: '/admin/links/new', label: 'First link', what: 'issue one to yourself' },
];

/** What is still to be set up; nothing once all of it is, or for who may not set it up. */
export function SetUp({ steps, role }: { steps: Steps; role: Role }) {
  if (role === 'viewer' || STEPS.every(({ step }) => steps[step])) return null;
  const done = STEPS.filter(({ step }) => steps[step]).length;
  return (
    <section
      aria-labelledby="set-up"
      className="mb-8 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <h2 id="set-up" className="font-semibold">
        Set up your account
      </h2>
      <p className="text-sm text-muted">
        {done} of {STEPS.length} done. This goes away by itself.
      </p>
      <ol className="mt-3 grid gap-2 sm:grid-cols-2 lg:grid-cols-5">
        {STEPS.map(({ step, href, label, what }) => (
          <li key={step}>
            <Link
              href={href}
              prefetch={false}
              className="flex h-full gap-2 rounded-lg border border-line p-3 hover:bg-sunken"
            >
              {steps[step] ? (
                <CheckIcon className="mt-0.5 size-4 shrink-0 text-ok" />
              ) : (
                <span
                  aria-hidden="true"
                  className="mt-1 size-3.5 shrink-0 rounded-full border-2 border-line-strong"
                />
              )}
              <span>
                <span className="font-medium">{label}</span>
                <span className="sr-only">{steps[step] ? ': done,' : ': to do,'}</span>
                <span className="block text-sm text-muted">{what}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
