'use client';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { cx } from './cx';

/** What can be done about what is told, as taking it back. */
type Offer = { label: string; onPress: () => void };
type Toast = { id: number; text: string; tone: 'ok' | 'bad'; offer?: Offer | undefined };
type Say = (text: string, tone?: Toast['tone'], offer?: Offer) => void;

const SHOWN_MS = 6000;
const OFFERED_MS = 15_000;
const Context = createContext<Say>(() => {});

/** Says in passing what an act has done. Screen readers hear it without losing their place. */
export const useToast = (): Say => useContext(Context);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(1);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const say = useCallback<Say>(
    (text, tone = 'ok', offer) => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-2), { id, text, tone, offer }]);
      setTimeout(() => drop(id), offer ? OFFERED_MS : SHOWN_MS);
    },
    [drop],
  );
  return (
    <Context value={say}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2"
      >
        {toasts.map(({ id, text, tone, offer }) => (
          <p
            key={id}
            className={cx(
              'max-w-md rounded-lg px-4 py-2.5 font-medium shadow-lg',
              tone === 'ok' ? 'bg-ink text-ground' : 'bg-bad-strong text-on-bad',
            )}
          >
            {text}
            {offer && (
              <button
                type="button"
                className="pointer-events-auto ms-3 min-h-6 font-semibold underline underline-offset-2"
                onClick={() => {
                  drop(id);
                  offer.onPress();
                }}
              >
                {offer.label}
              </button>
            )}
          </p>
        ))}
      </div>
    </Context>
  );
}
