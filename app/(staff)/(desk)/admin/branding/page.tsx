import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { readBranding } from '@/lib/branding';
import { readOwnDomain } from '@/lib/merchants';
import { NoPermission } from '../../_parts/no-permission';
import { BrandingDesk } from './branding-desk';
import { DomainCard } from './domain-card';

export const metadata: Metadata = { title: 'Branding' };

export default async function BrandingPage() {
  const { ctx, session } = await staffCtx();
  const [read, domain] = await Promise.all([readBranding(ctx), readOwnDomain(ctx)]);
  if (!read.ok)
    return read.error.code === 'forbidden' ? (
      <NoPermission what="setting the branding" />
    ) : (
      <Notice tone="bad">{read.error.message}</Notice>
    );
  return (
    <>
      <header className="mb-5 max-w-3xl">
        <h1 className="text-2xl font-semibold tracking-tight">Branding</h1>
        <p className="mt-1 text-muted">
          How customers know you: on the page they pay on, on its receipt and in your e-mails. A style sheet
          of your own is not taken: the page that asks for a card stays as it was checked.
        </p>
      </header>
      <BrandingDesk branding={read.value} />
      {domain.ok && (
        <DomainCard domain={domain.value} maySet={roleMay(session.user.role, 'merchants:domain')} />
      )}
    </>
  );
}
