'use client';
import { useEffect, useRef, useState } from 'react';

/** What is chosen of a list. `all`: all that the filter lets through, also what is not shown. */
export type Selection = {
  chosen: readonly string[];
  all: boolean;
  has: (id: string) => boolean;
  /** `range`: all from the one that was toggled last. */
  toggle: (id: string, range: boolean) => void;
  toggleShown: () => void;
  chooseAll: () => void;
  clear: () => void;
};

const NONE: ReadonlySet<string> = new Set();

/** Chooses among what is shown. What leaves the list is chosen no more: nothing is done to what nobody sees. */
export function useSelection(shown: readonly string[]): Selection {
  const [picked, setPicked] = useState(NONE);
  const [all, setAll] = useState(false);
  const last = useRef<string | null>(null);
  const chosen = all ? shown : shown.filter((id) => picked.has(id));
  const set = (ids: Iterable<string>) => {
    setAll(false);
    setPicked(new Set(ids));
  };
  const toggle = (id: string, range: boolean) => {
    const on = !chosen.includes(id);
    const ends = [shown.indexOf(last.current ?? id), shown.indexOf(id)].sort((a, b) => a - b);
    const touched = range && ends[0] !== -1 ? shown.slice(ends[0], (ends[1] ?? 0) + 1) : [id];
    last.current = id;
    set(on ? [...chosen, ...touched] : chosen.filter((one) => !touched.includes(one)));
  };
  const clear = () => set([]);
  useKeys((id) => toggle(id, false), clear);
  return {
    ...{ chosen, all, toggle, clear },
    has: (id) => all || picked.has(id),
    toggleShown: () => set(chosen.length === shown.length ? [] : shown),
    chooseAll: () => setAll(true),
  };
}

/** `x` toggles the row that has the focus, Escape leaves nothing chosen; not while somebody types, nor behind a dialog. */
function useKeys(toggle: (id: string) => void, clear: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = document.activeElement;
      const types = at?.matches('input:not([type="checkbox"]), textarea, select');
      if (types || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape') clear();
      const row = event.key === 'x' && at?.closest<HTMLElement>('tr[data-link]')?.dataset.link;
      if (row) toggle(row);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
