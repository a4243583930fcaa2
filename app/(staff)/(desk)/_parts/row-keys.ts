'use client';
import { useEffect, useRef } from 'react';

/** Said beside each other where keys are told. */
export const ROW_KEYS: readonly (readonly [string, string])[] = [
  ['J', 'Next link; with a link in focus also ↓'],
  ['K', 'Link before; with a link in focus also ↑'],
  ['Enter', 'Open the link in focus'],
  ['X', 'Choose the link in focus, or not; Escape chooses none'],
  ['/', 'Go to the search field'],
  ['?', 'Show these keys'],
];

/** Marks the one link of a row that the keys go to. */
export const ROW_LINK = { 'data-row-link': '' };

const isBusy = ({ target }: KeyboardEvent): boolean =>
  (target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null) ||
  document.querySelector('dialog[open], :popover-open') !== null;

function move(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const row = document.activeElement?.closest('tr');
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  next?.focus();
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

type Acts = { isOn: boolean; help: () => void };

/** Single keys for the list: the focus itself moves, so that nothing has to be told apart from it. Never while something is typed. */
export function useRowKeys(acts: Acts): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { isOn, help } = latest.current;
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
      const inRow = document.activeElement?.closest('tr') ? event.key : '';
      if (event.key === 'j' || inRow === 'ArrowDown') move(1);
      else if (event.key === 'k' || inRow === 'ArrowUp') move(-1);
      else if (event.key === '/') document.getElementById('q')?.focus();
      else if (event.key === '?') help();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
