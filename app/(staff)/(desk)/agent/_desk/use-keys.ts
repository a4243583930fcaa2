'use client';
import { useEffect, useRef } from 'react';
import { type KeyName, keyPressed } from './keys';

export type KeyActs = Partial<Record<KeyName, (() => void) | undefined>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Does what a key is for while this is on the screen. Nothing happens behind an open dialog, or for what cannot be done now. */
export function useKeys(acts: KeyActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.getModifierState('AltGraph') || document.querySelector('dialog[open]'))
        return;
      const name = keyPressed(event, isTyping(event.target));
      const act = name && latest.current[name];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
