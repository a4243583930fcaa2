import type { Metadata } from 'next';
import Link from 'next/link';
import { Badge } from '@/app/_components/badge';
import { Empty, Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { readFormLookup } from '@/lib/form-lookups';
import { listProfileSettings, type ProfileSettings } from '@/lib/payment-profiles';
import { readWriteBack } from '@/lib/write-backs';
import { NoPermission } from '../../_parts/no-permission';

export const metadata: Metadata = { title: 'Payment profiles' };

export default async function ProfilesPage() {
  const { ctx } = await staffCtx();
  const listed = await listProfileSettings(ctx);
  if (!listed.ok)
    return listed.error.code === 'forbidden' ? (
      <NoPermission what="seeing payment profiles" />
    ) : (
      <Notice tone="bad">{listed.error.message}</Notice>
    );
  const profiles = await Promise.all(
    listed.value.map(async (profile) => {
      const [lookup, back] = [await readFormLookup(ctx, profile.id), await readWriteBack(ctx, profile.id)];
      return { profile, lookup: lookup.ok ? lookup.value : null, back: back.ok ? back.value : null };
    }),
  );
  return (
    <>
      <header className="mb-5 max-w-3xl">
        <h1 className="text-2xl font-semibold tracking-tight">Payment profiles</h1>
        <p className="mt-1 text-muted">
          How you take money, and how your own system is part of it: it fills the form before, and learns how
          it ended after.
        </p>
      </header>
      {profiles.length === 0 ? (
        <Empty title="No payment profile yet" />
      ) : (
        <ul className="space-y-3" aria-label="Payment profiles">
          {profiles.map(({ profile, lookup, back }) => (
            <Item
              key={profile.id}
              profile={profile}
              facts={[
                lookup ? (lookup.enabled ? 'Form lookup on' : 'Form lookup off') : 'No form lookup',
                back
                  ? back.endpoint.state === 'enabled'
                    ? 'Write-back on'
                    : `Write-back ${back.endpoint.state}`
                  : 'No write-back',
              ]}
            />
          ))}
        </ul>
      )}
    </>
  );
}

const Item = ({ profile, facts }: { profile: ProfileSettings; facts: string[] }) => (
  <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <Link
        href={`/admin/profiles/${profile.id}`}
        prefetch={false}
        className="min-w-0 font-medium break-words text-accent underline underline-offset-2"
      >
        {profile.name}
      </Link>
      <ProfileBadges profile={profile} />
    </div>
    <p className="mt-1 text-sm text-muted">{facts.join(' · ')}</p>
  </li>
);

const ProfileBadges = ({ profile }: { profile: ProfileSettings }) => (
  <span className="flex gap-2">
    {profile.isDefault && <Badge tone="accent">Default</Badge>}
    {!profile.enabled && <Badge tone="warn">Off</Badge>}
  </span>
);
