import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { PERIODS } from '@/core/figures';
import { readHome, readSetUp } from '@/lib/home';
import { NoPermission } from '../../_parts/no-permission';
import { HomeDesk } from './home-desk';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Home' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HomePage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const asked = (await searchParams).days;
  const days = PERIODS.find((known) => String(known) === asked) ?? 30;
  const [home, steps] = await Promise.all([readHome(ctx, { days: String(days) }), readSetUp(ctx)]);
  if (!home.ok || !steps.ok)
    return !home.ok && home.error.code !== 'forbidden' ? (
      <Notice tone="bad">{home.error.message}</Notice>
    ) : (
      <NoPermission what="the figures of the account" />
    );
  return (
    <>
      <SetUp steps={steps.value} role={session.user.role} />
      <HomeDesk key={days} first={home.value} period={days} zone={session.merchant.timeZone} />
    </>
  );
}
