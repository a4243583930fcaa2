'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ChevronIcon, Mark } from '@/app/_components/icons';
import type { LiveSession } from '@/lib/auth';
import { signOutAction } from '../sign-in/actions';
import { Palette } from './_palette/palette';
import { MENU } from './_parts/menu';
import { ROLE_NAMES } from './_words/roles';
import { Menu } from './menu';
import { NavLink } from './nav-link';

/** Who is signed in, and where. */
type Who = {
  user: Pick<LiveSession['user'], 'name' | 'email' | 'role'>;
  merchant: Pick<LiveSession['merchant'], 'name' | 'livemode'>;
};

/** The frame of every staff page: who you are, where you are, and whether the money is real. */
export function Shell({ user, merchant, children }: Who & { children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-4"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface print:hidden">
        {!merchant.livemode && <TestMode />}
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 px-4 sm:px-6">
          <Link
            href="/"
            prefetch={false}
            className="flex min-h-14 items-center gap-2.5 font-semibold tracking-tight"
          >
            <Mark /> Counterfoil
          </Link>
          <span className="hidden max-w-42 truncate border-s border-line ps-6 text-muted xl:block">
            {merchant.name}
          </span>
          <div className="ms-auto flex items-center gap-2 lg:order-last">
            <Palette role={user.role} />
            <UserMenu user={user} merchant={merchant} />
          </div>
          <nav aria-label="Main" className="-mx-2 flex w-full flex-wrap gap-x-1 lg:mx-0 lg:w-auto">
            {MENU[user.role].map((item) => (
              <NavLink key={item.href} {...item} />
            ))}
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 outline-none sm:px-6 sm:py-8">
        {children}
      </main>
    </>
  );
}

const TestMode = () => (
  <p className="bg-[repeating-linear-gradient(-45deg,var(--warn-soft)_0_12px,transparent_12px_24px)] px-4 py-1.5 text-center text-sm text-warn">
    <span className="rounded bg-ground px-2 py-0.5">
      <strong className="font-semibold">Test mode</strong> · no real money moves
    </span>
  </p>
);

const UserMenu = ({ user, merchant }: Who) => (
  <Menu>
    <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-2 hover:bg-sunken">
      <span className="max-w-40 truncate font-medium">{user.name}</span>
      <ChevronIcon className="size-4 text-muted group-open:rotate-180" />
    </summary>
    <div className="absolute end-0 z-20 mt-1 w-64 rounded-xl border border-line bg-surface p-4 shadow-lg">
      <p className="font-medium">{user.name}</p>
      <p className="truncate text-sm text-muted">{user.email}</p>
      <p className="mt-1 text-sm text-muted">
        {ROLE_NAMES[user.role]} at {merchant.name}
      </p>
      <Link
        href="/account"
        prefetch={false}
        className="mt-3 flex min-h-10 items-center border-t border-line pt-3 font-medium text-accent"
      >
        Your account
      </Link>
      <form action={signOutAction} className="mt-2">
        <button
          type="submit"
          className="min-h-10 w-full rounded-lg border border-line-strong font-medium hover:bg-sunken"
        >
          Sign out
        </button>
      </form>
    </div>
  </Menu>
);
