import type { Metadata } from 'next';
import Link from 'next/link';
import { staffCtx } from '@/app/_server/staff';
import { NoPermission } from '../../_parts/no-permission';
import { settingsOf } from '../../_parts/settings';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { session } = await staffCtx();
  const settings = settingsOf(session.user.role);
  if (settings.length === 0) return <NoPermission what="the settings" />;
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Settings</h1>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {settings.map(({ href, label, what }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              className="block h-full rounded-xl border border-line bg-surface p-5 hover:border-line-strong hover:bg-sunken"
            >
              <span className="font-semibold">{label}</span>
              <span className="mt-1 block text-muted">{what}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
