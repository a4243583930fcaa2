'use client';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { cx } from './cx';

type Toast = { id: number; text: string; tone: 'ok' | 'bad' };
type Say = (text: string, tone?: Toast['tone']) => void;

const SHOWN_MS = 6000;
const Context = createContext<Say>(() => {});

/** Says in passing what an act has done. Screen readers hear it without losing their place. */
export const useToast = (): Say => useContext(Context);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(1);
  const say = useCallback<Say>((text, tone = 'ok') => {
    const id = next.current++;
    setToasts((all) => [...all.slice(-2), { id, text, tone }]);
    setTimeout(() => setToasts((all) => all.filter((toast) => toast.id !== id)), SHOWN_MS);
  }, []);
  return (
    <Context value={say}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2"
      >
        {toasts.map(({ id, text, tone }) => (
          <p
            key={id}
            className={cx(
              'max-w-md rounded-lg px-4 py-2.5 font-medium shadow-lg',
              tone === 'ok' ? 'bg-ink text-ground' : 'bg-bad-strong text-on-bad',
            )}
          >
            {text}
          </p>
        ))}
      </div>
    </Context>
  );
}
