'use client';
import { leftText, secondsLeft, useClock } from './use-clock';

type Props = { until: string; now: string; of: number; label: string };

/** How much time is left, as text and as a bar. Not told aloud: it would speak without end. */
export function Countdown({ until, now, of, label }: Props) {
  const clock = useClock(now, true) ?? Date.parse(now);
  const left = Math.min(secondsLeft(until, clock), of);
  return (
    <span className="inline-flex items-center gap-2 text-sm text-muted tabular-nums">
      <progress
        aria-label={label}
        max={of}
        value={left}
        className="h-1.5 w-16 overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <span aria-hidden="true">{leftText(left)}</span>
    </span>
  );
}
