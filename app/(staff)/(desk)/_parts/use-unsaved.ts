'use client';
import { useEffect } from 'react';

const QUESTION = 'What you changed is not saved. Leave all the same?';

/** Asks before a page with unsaved changes is left: by its links as well as by closing it. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const stay = (event: Event) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element && event.target.closest('a[href]:not([target])');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // A question of the page's own: the router would go without one.
      if (!window.confirm(QUESTION)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    addEventListener('beforeunload', stay);
    document.addEventListener('click', ask, true);
    return () => {
      removeEventListener('beforeunload', stay);
      document.removeEventListener('click', ask, true);
    };
  }, [isChanged]);
}
