import type { RefObject } from 'react';
import { Badge, type Tone } from '@/app/_components/badge';
import { cx } from '@/app/_components/cx';
import { linkAmount } from '@/app/_components/format';
import { LockIcon, PauseIcon, RecordIcon, UnlockIcon } from '@/app/_components/icons';
import { isSafeToCapture } from '@/core/payment-session';
import type { AgentDesk } from '@/lib/payment-sessions';
import { lineWords, type RecordingOf, recordingWords, sessionWords } from '../../_words/session';
import { LiveState } from './desk-problem';

type Props = {
  desk: AgentDesk;
  live: boolean;
  error: Error | null;
  heading: RefObject<HTMLHeadingElement | null>;
  /** In a frame nothing else says that no real money moves. */
  inFrame: boolean;
};

const TEXT: Record<Tone, string> = {
  ok: 'text-ok',
  info: 'text-info',
  warn: 'text-warn',
  bad: 'text-bad',
  plain: 'text-muted',
  accent: 'text-accent',
};

/** What is being paid, by whom, and whether anybody can hear the card: always in sight. */
export function SessionHeader({ desk, live, error, heading, inFrame }: Props) {
  const { session, history } = desk;
  const { link } = history;
  const [label, tone] = sessionWords(session);
  const { customer } = link;
  const who = [customer.name, customer.phone, customer.email, link.reference].filter(Boolean);
  return (
    <header className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2
            ref={heading}
            tabIndex={-1}
            className="text-2xl font-semibold tracking-tight tabular-nums outline-none"
          >
            {linkAmount(link)}
          </h2>
          <Badge tone={tone}>{label}</Badge>
          {inFrame && !session.livemode && <Badge tone="warn">Test mode</Badge>}
        </div>
        <LiveState live={live} error={error} />
      </div>
      <p className="break-words text-muted">
        {who.length > 0 ? who.join(' · ') : 'No customer named'}
        {link.description && ` · ${link.description}`}
      </p>
      <Safety desk={desk} />
    </header>
  );
}

/** Padlock and recording, and where the customer has a page the two words on it. */
function Safety({ desk: { session, history } }: { desk: AgentDesk }) {
  const line = lineWords(session);
  const { recording, state, reason } = session;
  const Lock = line.locked ? LockIcon : UnlockIcon;
  return (
    <ul
      aria-label="Safety of this call"
      className="flex flex-wrap gap-x-5 gap-y-1 rounded-lg border border-line px-3 py-2 text-sm font-medium"
    >
      <li className={cx('inline-flex items-center gap-1.5', TEXT[line.tone])}>
        <Lock className="size-5" /> {line.text}
      </li>
      {recording && <Recording {...{ recording, state, reason }} />}
      {session.kind === 'digital' && (
        <li className="sm:ms-auto">
          <span className="font-normal text-muted">Words on their page:</span> “{history.link.phrase}”
        </li>
      )}
    </ul>
  );
}

function Recording(session: RecordingOf) {
  const [text, tone] = recordingWords(session);
  const Icon = isSafeToCapture(session.recording) ? PauseIcon : RecordIcon;
  return (
    <li className={cx('inline-flex items-center gap-1.5', TEXT[tone])}>
      <Icon className="size-5" /> {text}
    </li>
  );
}
