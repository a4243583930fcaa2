import { Badge } from '@/app/_components/badge';
import { Ago, Time } from '@/app/_components/time';
import { type Role, roleMay } from '@/core/permissions';
import type { TeamMember } from '@/lib/contracts/team';
import { ROLE_NAMES, type rolesToGive } from '../../_words/roles';
import { MemberActs } from './member-acts';
import { type Act, letterText, STATES } from './words';

const takesPayments = (role: Role): boolean => roleMay(role, 'payment_sessions:create');

/** What can be done with somebody as they stand. */
const actsOf = ({ state, role, hasSecondFactor }: TeamMember, mayReset: boolean): Act[] =>
  state === 'invited'
    ? ['again', 'role', 'withdraw']
    : state === 'disabled'
      ? ['enable']
      : [
          'role',
          ...(takesPayments(role) ? (['button'] as const) : []),
          'sign_out',
          ...(mayReset && hasSecondFactor ? (['factors'] as const) : []),
          'disable',
        ];

type Props = { member: TeamMember; roles: ReturnType<typeof rolesToGive>; zone: string; mayReset: boolean };

export function MemberItem({ member, roles, zone, mayReset }: Props) {
  const { name, email, role, state, buttonEnabled, lastSeenAt, invitation, isSelf } = member;
  const { hasSecondFactor, mayManage } = member;
  const { label, tone } = STATES[state];
  return (
    <li className="p-4 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 className="font-medium wrap-anywhere">
            {name}
            {isSelf && <span className="font-normal text-muted"> (you)</span>}
          </h2>
          <p className="text-sm wrap-anywhere text-muted">{email}</p>
        </div>
        <p className="flex flex-wrap gap-2">
          {takesPayments(role) && !buttonEnabled && <Badge tone="warn">Payment button off</Badge>}
          <Badge tone={tone}>{label}</Badge>
        </p>
      </div>
      <p className="mt-1 text-sm text-muted">
        <span className="font-medium text-ink">{ROLE_NAMES[role]}</span>
        {' · '}
        {invitation ? (
          <>
            {letterText(invitation)}
            {!invitation.isOver && (
              <>
                {' '}
                Its link works until <Time at={invitation.expiresAt} zone={zone} />.
              </>
            )}
          </>
        ) : (
          <>
            {lastSeenAt ? (
              <>
                Last seen <Ago at={lastSeenAt} />
              </>
            ) : (
              'Not seen yet'
            )}
            {hasSecondFactor && ' · Second factor'}
          </>
        )}
      </p>
      {mayManage && (
        <MemberActs
          {...{ id: member.id, name, role, buttonEnabled, roles }}
          acts={actsOf(member, mayReset)}
        />
      )}
    </li>
  );
}
