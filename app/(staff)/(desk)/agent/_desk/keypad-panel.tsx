'use client';
import { Button } from '@/app/_components/button';
import { cx } from '@/app/_components/cx';
import { linkAmount } from '@/app/_components/format';
import { CheckIcon } from '@/app/_components/icons';
import { brandName } from '@/core/card-rules';
import { CAPTURE_SECONDS, FIELD_SECONDS, SESSION_FIELDS, type SessionField } from '@/core/payment-session';
import type { AgentDesk } from '@/lib/payment-sessions';
import { FIELD_NAMES, FIELD_SENT, fieldWords, sayNow } from '../../_words/session';
import { Countdown } from './countdown';
import { KeyHint } from './key-hint';
import { ariaKey } from './keys';
import { SayBox } from './say-box';
import type { SessionActs } from './use-session-acts';

type Props = { desk: AgentDesk; acts: SessionActs };

/** The card on its way from the caller's keypad: a tile for each field, what to say, and the payment once all is there. */
export function KeypadPanel({ desk, acts }: Props) {
  const { session, captureEndsAt, now, may, history } = desk;
  return (
    <section aria-label="Card from the keypad" className="space-y-3">
      <SayBox {...sayNow(session)} />
      <div className="grid gap-3 sm:grid-cols-3">
        {SESSION_FIELDS.map((field) => (
          <Tile key={field} field={field} desk={desk} acts={acts} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          className="min-h-12 px-6 text-base max-sm:w-full"
          disabled={!may.submit || acts.pending}
          aria-describedby="take-why"
          aria-keyshortcuts={ariaKey('submit')}
          onClick={acts.submit}
        >
          {session.state === 'submitting' ? 'Being paid…' : `Take payment ${linkAmount(history.link)}`}
          <KeyHint name="submit" onAccent />
        </Button>
        <div className="text-sm text-muted">
          <p id="take-why">
            {may.submit || session.state === 'submitting' ? '' : 'Once all three are complete.'}
          </p>
          {captureEndsAt && (
            <p className="flex items-center gap-2">
              Time in all
              <Countdown
                until={captureEndsAt}
                now={now}
                of={CAPTURE_SECONDS}
                label="Time left for the card"
              />
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

const EDGES = {
  ok: 'border-ok',
  bad: 'border-bad',
  accent: 'border-accent',
  plain: 'border-line-strong',
} as const;
const edgeOf = (tone: string): string => EDGES[tone as keyof typeof EDGES] ?? EDGES.plain;

function Tile({ field, desk, acts }: Props & { field: SessionField }) {
  const { session, fieldEndsAt, now, may } = desk;
  const facts = session.fields[field];
  const isSent = session.state === 'submitting';
  const [words, tone] = isSent ? FIELD_SENT : fieldWords(field, facts);
  const name = FIELD_NAMES[field];
  const isActive = session.activeField === field;
  const ask = facts.state === 'idle' ? 'Ask for it' : 'Ask again';
  return (
    <section
      aria-labelledby={`tile-${field}`}
      className={cx(
        'grid grid-cols-[1fr_auto] items-center gap-x-3 rounded-xl border-2 bg-surface p-3 sm:flex sm:flex-col sm:items-stretch',
        edgeOf(tone),
      )}
    >
      <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-2">
        <h3 id={`tile-${field}`} className="font-semibold">
          {name}
        </h3>
        {isActive && fieldEndsAt && (
          <Countdown until={fieldEndsAt} now={now} of={FIELD_SECONDS} label={`Time left for ${name}`} />
        )}
      </div>
      <p
        className={cx(
          'col-start-1 flex min-h-6 items-center gap-1.5 font-medium tabular-nums sm:mt-1 sm:mb-2',
          tone === 'bad' && 'text-bad',
          tone === 'ok' && 'text-ok',
        )}
      >
        {tone === 'ok' && <CheckIcon />} {words}
        {field === 'card_number' && session.brand && (
          <span className="font-normal text-muted">· {brandName(session.brand)}</span>
        )}
      </p>
      <Button
        kind={facts.state === 'error' ? 'primary' : 'secondary'}
        className={cx('col-start-2 row-span-2 row-start-1 min-h-11 px-3 sm:mt-auto', isSent && 'invisible')}
        disabled={!may.requestField || acts.pending}
        aria-label={`${ask}: ${name}`}
        aria-keyshortcuts={ariaKey(field)}
        onClick={() => acts.ask(field)}
      >
        {ask} <KeyHint name={field} onAccent={facts.state === 'error'} />
      </Button>
    </section>
  );
}
