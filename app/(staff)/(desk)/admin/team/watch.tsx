'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 2_000;
const MOST = 15;

/** Reads the page anew while a letter is on its way, for half a minute at the most: a page left open ends its session. */
export function Watch({ isWaiting }: { isWaiting: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isWaiting) return;
    let left = MOST;
    const timer = setInterval(() => (left-- > 0 ? router.refresh() : clearInterval(timer)), EVERY_MS);
    return () => clearInterval(timer);
  }, [isWaiting, router]);
  return null;
}
