'use client';
import { useEffect, useMemo, useState } from 'react';

const TICK_MS = 500;

/** The time of the database while something runs out, counted on from when it was told; null where nothing does. */
export function useClock(told: string, runs: boolean): number | null {
  const ahead = useMemo(() => Date.parse(told) - Date.now(), [told]);
  const [here, setHere] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) return;
    const tick = () => setHere(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? Math.max(here, 0) + ahead : null;
}

export const secondsLeft = (until: string, nowMs: number): number =>
  Math.max(0, Math.ceil((Date.parse(until) - nowMs) / 1000));

/** "4:07", "0:09". */
export const leftText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
