'use client';
import { type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from 'react';

type Props = {
  /** What the button shows, and what it is called where that is no word. */
  button: ReactNode;
  label?: string;
  className: string;
  /** Made while it is open. */
  children: (close: () => void) => ReactNode;
};

/** What a button unfolds over the page, cut off by nothing: the browser closes it on Escape and on a press elsewhere. */
export function PopMenu({ button, label, className, children }: Props) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const pop = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => pop.current?.hidePopover();
  // The browser opens it also before this page's script has come, at no place and empty.
  useEffect(() => {
    if (!pop.current?.matches(':popover-open')) return;
    pop.current.hidePopover();
    pop.current.showPopover();
  }, []);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (!(event.target instanceof Node && pop.current?.contains(event.target))) pop.current?.hidePopover();
    };
    const off = new AbortController();
    addEventListener('scroll', leave, { passive: true, capture: true, signal: off.signal });
    addEventListener('resize', leave, { signal: off.signal });
    return () => off.abort();
  }, [open]);
  const place = ({ newState }: ToggleEvent) => {
    const [box, style] = [opener.current?.getBoundingClientRect(), pop.current?.style];
    if (newState !== 'open' || !box || !style) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const [isLow, isRight] = [box.bottom > clientHeight * 0.6, box.right > clientWidth / 2];
    style.inset = 'auto';
    style[isLow ? 'bottom' : 'top'] = `${(isLow ? clientHeight - box.top : box.bottom) + 4}px`;
    style[isRight ? 'right' : 'left'] = `${Math.max(isRight ? clientWidth - box.right : box.left, 16)}px`;
  };
  return (
    <>
      <button ref={opener} type="button" popoverTarget={id} aria-label={label} className={className}>
        {button}
      </button>
      <div
        ref={pop}
        id={id}
        popover="auto"
        onBeforeToggle={place}
        onToggle={({ newState }) => setOpen(newState === 'open')}
        className="pop-menu"
      >
        {open && children(close)}
      </div>
    </>
  );
}
