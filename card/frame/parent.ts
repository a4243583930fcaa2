import { type FromFrame, type ToFrame, toFrame } from '@/core/frame-messages';

type Bare<T> = T extends unknown ? Omit<T, 'v' | 'nonce'> : never;
export type Parent = { origin: string; send: (message: Bare<FromFrame>) => void };

/**
 * The pay page around this form: its origin is in the address (`o`), its nonce in the fragment, colours behind it. Null when there is none.
 * Only messages of that window, that origin and that nonce reach `onMessage`; nothing is ever sent to another origin.
 */
export function connectParent(onMessage: (message: ToFrame) => void): Parent | null {
  const origin = new URLSearchParams(location.search).get('o');
  const [nonce] = location.hash.slice(1).split('.');
  if (window.parent === window || !origin || !nonce) return null;
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    const message = toFrame(event.data);
    if (message?.nonce === nonce) onMessage(message);
  });
  return {
    origin,
    send: (message) => window.parent.postMessage({ v: 1, nonce, ...message }, origin),
  };
}
