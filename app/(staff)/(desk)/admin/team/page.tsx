import type { Metadata } from 'next';
import { Empty, Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { teamFilter } from '@/lib/contracts/team';
import { listTeam } from '@/lib/team';
import { NoPermission } from '../../_parts/no-permission';
import { rolesToGive } from '../../_words/roles';
import { InviteButton } from './invite-button';
import { MemberItem } from './member-item';
import { TeamFilter } from './team-filter';
import { Watch } from './watch';

export const metadata: Metadata = { title: 'Team' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TeamPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const filter = teamFilter.parse(await searchParams);
  const listed = await listTeam(ctx, filter);
  if (!listed.ok)
    return listed.error.code === 'forbidden' ? (
      <NoPermission what="seeing the team" />
    ) : (
      <Notice tone="bad">{listed.error.message}</Notice>
    );
  const { members, isCut } = listed.value;
  const roles = rolesToGive(session.user.role);
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <>
      <header className="mb-5 flex max-w-5xl flex-wrap items-start justify-between gap-3">
        <div className="max-w-2xl">
          <h1 className="text-2xl font-semibold tracking-tight">Team</h1>
          <p className="mt-1 text-muted">
            Who works here, and in which role. What you change counts from their next click on.
          </p>
        </div>
        <InviteButton roles={roles} />
      </header>
      <div className="max-w-5xl space-y-4">
        <TeamFilter filter={filter} isFiltered={isFiltered} />
        {members.length === 0 ? (
          <Empty title="Nobody fits this filter" />
        ) : (
          <ul
            aria-label="Team"
            className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card"
          >
            {members.map((member) => (
              <MemberItem
                key={member.id}
                member={member}
                roles={roles}
                zone={session.timeZone}
                mayReset={roleMay(session.user.role, 'factors:reset')}
              />
            ))}
          </ul>
        )}
        {isCut && <p className="text-muted">There are more. Narrow the filter to see them.</p>}
        <Watch isWaiting={members.some(({ invitation }) => invitation?.letter === 'on_its_way')} />
      </div>
    </>
  );
}
