'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge, StatusBadge } from '@/app/_components/badge';
import { Button, buttonClass } from '@/app/_components/button';
import { linkAmount } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import { isEnd } from '@/core/payment-session';
import type { AgentBoard, AgentBoardRow } from '@/lib/payment-sessions';
import { LIVE_MS } from '../../_parts/live';
import { lineOf } from '../../_words/line';
import { sessionWords } from '../../_words/session';
import { nextAct } from '../../_words/session-board';
import type { AgentClient } from './client';
import { DeskProblem, LiveState } from './desk-problem';

type Props = { client: AgentClient; zone: string; onOpen: (session: string) => void };

/** The agent's own payments, live: what is still open first, each with what comes next; then what ended lately. */
export function Board({ client, zone, onOpen }: Props) {
  const board = useQuery({
    queryKey: ['agent-board'],
    queryFn: ({ signal }) => client.read<AgentBoard>('/board', signal),
    refetchInterval: LIVE_MS,
  });
  const rows = (list: AgentBoardRow[]) => (
    <ul className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card">
      {list.map((row) => (
        <Row key={row.link.id} row={row} zone={zone} inFrame={client.inFrame} onOpen={onOpen} />
      ))}
    </ul>
  );
  const { open = [], recent = [] } = board.data ?? {};
  return (
    <div className="space-y-6">
      <section aria-labelledby="outstanding" className="space-y-3">
        <div className="flex items-center justify-between gap-4">
          <h2 id="outstanding" tabIndex={-1} className="text-base font-semibold outline-none">
            Your outstanding payments
          </h2>
          <LiveState live={board.data !== undefined} error={board.error} />
        </div>
        <DeskProblem error={board.error} retry={() => void board.refetch()} />
        {open.length > 0 && rows(open)}
        {board.data && open.length === 0 && (
          <Empty title="Nothing outstanding">
            <p>Press Payment to take one. You can watch it here until it is paid.</p>
          </Empty>
        )}
        {board.isPending && <p role="status">Reading your payments…</p>}
      </section>
      {recent.length > 0 && (
        <section aria-labelledby="recent" className="space-y-3">
          <h2 id="recent" className="text-base font-semibold">
            Lately ended
          </h2>
          {rows(recent)}
        </section>
      )}
      {open.length + recent.length > 0 && (
        <p className="text-sm text-muted">Times in {zone.replaceAll('_', ' ')}</p>
      )}
    </div>
  );
}

type RowProps = { row: AgentBoardRow; inFrame: boolean } & Pick<Props, 'zone' | 'onOpen'>;

function Row({ row, zone, inFrame, onOpen }: RowProps) {
  const { session, link } = row;
  const { customer } = link;
  const who = customer.name ?? customer.phone ?? customer.email ?? 'No customer named';
  const line = lineOf(link);
  const next = nextAct(row);
  const label = `${next.label}: ${linkAmount(link)}, ${who}`;
  const isLive = session !== null && !isEnd(session.state) && link.status === 'active';
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[9rem_minmax(0,1fr)_minmax(0,12rem)_11rem]">
      <p className="font-semibold tabular-nums max-sm:text-lg">{linkAmount(link)}</p>
      <div className="min-w-0 max-sm:order-3 max-sm:col-span-2">
        <p className="truncate">{who}</p>
        <p className="line-clamp-2 break-words text-sm text-muted">
          {[link.reference, link.description].filter(Boolean).join(' · ') || (
            <Time at={link.createdAt} zone={zone} />
          )}
        </p>
      </div>
      <div className="max-sm:order-2 max-sm:text-end">
        {isLive ? <LiveBadge session={session} /> : <StatusBadge status={link.status} />}
        <p className="text-sm text-muted">
          {line ??
            (isOpen(row) && (
              <>
                Ends <Ago at={link.expiresAt} />
              </>
            ))}
        </p>
      </div>
      <div className="max-sm:order-4 max-sm:col-span-2 sm:text-end">
        {next.at === 'session' || (inFrame && session) ? (
          <Button
            kind="secondary"
            className="min-h-11 w-full px-3"
            aria-label={next.at === 'session' ? label : `Open: ${linkAmount(link)}, ${who}`}
            onClick={() => session && onOpen(session.id)}
          >
            {next.at === 'session' ? next.label : 'Open'}
          </Button>
        ) : inFrame ? (
          <span className="text-sm text-muted">{next.label} in Counterfoil</span>
        ) : (
          <Link
            href={`/admin/links/${link.id}`}
            prefetch={false}
            aria-label={label}
            className={buttonClass('secondary', 'min-h-11 w-full px-3')}
          >
            {next.label}
          </Link>
        )}
      </div>
    </li>
  );
}

const isOpen = ({ link }: AgentBoardRow): boolean =>
  link.status === 'active' || link.status === 'partially_paid';

function LiveBadge({ session }: { session: NonNullable<AgentBoardRow['session']> }) {
  const [label, tone] = sessionWords(session);
  return <Badge tone={tone}>{label}</Badge>;
}
