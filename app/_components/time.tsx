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

/** How far off a moment is. Moves on by itself; until the browser has taken over, as of the server's answer. */
export function Ago({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return <span suppressHydrationWarning>{relativeTime(at, now)}</span>;
}
