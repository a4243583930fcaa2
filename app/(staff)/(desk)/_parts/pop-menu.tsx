'use client';
import { type ReactNode, type ToggleEvent, useEffect, useId, useState } from 'react';

type Pop = {
  /** What the button shows, and what it is called where that is no word. */
  button: ReactNode;
  label?: string;
  className: string;
  /** Made while it is open. */
  children: (close: () => void) => ReactNode;
};

const hide = (id: string): void => document.getElementById(id)?.hidePopover();

/** Beside the button that stands before it. */
function place({ newState, currentTarget: { previousElementSibling, style } }: ToggleEvent<HTMLElement>) {
  const box = previousElementSibling?.getBoundingClientRect();
  if (newState !== 'open' || !box) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const [isLow, isRight] = [box.bottom > clientHeight * 0.6, box.right > clientWidth / 2];
  style.inset = 'auto';
  style[isLow ? 'bottom' : 'top'] = `${(isLow ? clientHeight - box.top : box.bottom) + 4}px`;
  style[isRight ? 'right' : 'left'] = `${Math.max(isRight ? clientWidth - box.right : box.left, 16)}px`;
}

/**
 * What buttons unfold over the page, cut off by nothing: the browser closes it on Escape and on a press elsewhere. One is open at
 * a time, so that one state does for as many buttons as there are; each has a key of its own.
 */
export function usePops(): (key: string, pop: Pop) => ReactNode {
  const owner = useId();
  const [open, setOpen] = useState<string | null>(null);
  // The browser opens it also before this page's script has come, at no place and empty.
  useEffect(() => {
    const early = document.querySelector<HTMLElement>(`[id^="${owner}"]:popover-open`);
    early?.hidePopover();
    early?.showPopover();
  }, [owner]);
  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      if (!(target instanceof Node && document.getElementById(open)?.contains(target))) hide(open);
    };
    const off = new AbortController();
    addEventListener('scroll', leave, { passive: true, capture: true, signal: off.signal });
    addEventListener('resize', leave, { signal: off.signal });
    return () => off.abort();
  }, [open]);
  // A row that goes takes its menu along, and nothing tells of it.
  useEffect(() => {
    if (open && !document.getElementById(open)?.matches(':popover-open')) setOpen(null);
  });
  return (key, { button, label, className, children }) => {
    const id = `${owner}${key}`;
    const turn = ({ newState }: ToggleEvent) =>
      setOpen((before) => (newState === 'open' ? id : before === id ? null : before));
    return (
      <>
        <button type="button" popoverTarget={id} aria-label={label} className={className}>
          {button}
        </button>
        <div id={id} popover="auto" onBeforeToggle={place} onToggle={turn} className="pop-menu">
          {open === id && children(() => hide(id))}
        </div>
      </>
    );
  };
}

export function PopMenu(pop: Pop): ReactNode {
  return usePops()('', pop);
}
