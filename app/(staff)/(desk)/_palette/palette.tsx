'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Dialog } from '@/app/_components/dialog';
import { SearchIcon } from '@/app/_components/icons';
import type { Role } from '@/core/permissions';
import { Finder } from './finder';

const never = () => () => {};
/** Whether the browser is on a Mac, where the key is another; not known on the server. */
const useMac = (): boolean =>
  useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.userAgent),
    () => false,
  );

/** Goes anywhere and finds any link, from every screen: by its button, or by Ctrl (Command) and K. */
export function Palette({ role }: { role: Role }) {
  const [open, setOpen] = useState(false);
  const isMac = useMac();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isAsked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isAsked || event.key.toLowerCase() !== 'k' || event.repeat) return;
      event.preventDefault();
      setOpen((is) => !is && !document.querySelector('dialog[open]'));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="flex min-h-10 min-w-10 items-center justify-center gap-2 rounded-lg border border-line-strong px-2.5 text-muted hover:bg-sunken hover:text-ink"
      >
        <SearchIcon />
        <span className="sr-only sm:max-lg:not-sr-only">Find or go to</span>
        <span aria-hidden="true" className="rounded border border-line px-1 font-mono text-xs max-xl:hidden">
          {isMac ? '⌘ K' : 'Ctrl+K'}
        </span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Find or go to" wide>
        {open && <Finder role={role} keyName={isMac ? '⌘ K' : 'Ctrl+K'} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}
