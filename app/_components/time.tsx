'use client';
import { useEffect, useState } from 'react';
import { relativeTime, type TimeStyle, timeText } from './format';

/** A moment in a time zone; the whole of it, with the zone, as its title. */
export function Time({ at, zone, style = 'short' }: { at: string; zone: string; style?: TimeStyle }) {
  return (
    <time dateTime={at} title={timeText(at, zone, 'full')} suppressHydrationWarning className="tabular-nums">
      {timeText(at, zone, style)}
    </time>
  );
}

/** This moment, moving on by itself; until the browser has taken over, that of the server's answer. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How far off a moment is from `now`. */
export const AgoFrom = ({ at, now }: { at: string; now: number }) => (
  <span suppressHydrationWarning>{relativeTime(at, now)}</span>
);

/** The same, moving on by itself. */
export function Ago({ at }: { at: string }) {
  return <AgoFrom at={at} now={useNow()} />;
}
