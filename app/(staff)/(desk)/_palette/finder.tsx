'use client';
import Link from 'next/link';
import { type KeyboardEvent, startTransition, useEffect, useId, useState } from 'react';
import { StatusBadge } from '@/app/_components/badge';
import { NO_CARD } from '@/app/_components/no-card';
import { holdsCardNumber } from '@/core/card-rules';
import type { Role } from '@/core/permissions';
import { signOutAction } from '../../sign-in/actions';
import { type Group, groupsOf, type Item } from './items';
import { Shortcuts } from './shortcuts';
import { useFoundLinks } from './use-found-links';

type Props = { role: Role; keyName: string; onDone: () => void };

/** What is typed, and what it brings: a combobox whose list is always open (WAI-ARIA APG, "Combobox"). */
export function Finder({ role, keyName, onDone }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const { links, isLooking, error } = useFoundLinks(text);
  const groups = groupsOf(role, text, links);
  const items = groups.flatMap((group) => group.items);
  const chosen = Math.min(at, items.length - 1);
  const active = items[chosen];
  const isCard = holdsCardNumber(text);
  const isHelp = text.trim() === '?';
  const idOf = ({ key }: Item) => `${id}-${key.replace(/\W+/g, '-')}`;
  const activeId = active && idOf(active);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const go = () => activeId && document.getElementById(activeId)?.click();
  useEffect(() => {
    if (isWaiting && !isLooking) {
      setWaiting(false);
      if (!error) go();
    }
  });
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.nativeEvent.isComposing || (!step && event.key !== 'Enter')) return;
    event.preventDefault();
    if (step) setAt((chosen + step + items.length) % Math.max(1, items.length));
    // Links of what was typed before are not what Enter means: those of now are waited for.
    else if (isLooking && (!active || links.some(({ id: link }) => link === active.key))) setWaiting(true);
    else if (!isHelp) go();
  };
  return (
    <div className="mt-3">
      <input
        role="combobox"
        aria-label="Screen, act or payment link"
        aria-expanded={!isHelp && items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={isHelp ? undefined : activeId}
        aria-autocomplete="list"
        aria-invalid={isCard}
        aria-describedby={`${id}-said`}
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
          setWaiting(false);
        }}
        onKeyDown={press}
        placeholder="Screen, reference, name, e-mail…"
        className="min-h-11 w-full rounded-lg border border-line-strong bg-surface px-3 text-base placeholder:text-muted"
      />
      {isHelp ? (
        <Shortcuts role={role} keyName={keyName} />
      ) : (
        <Found
          id={`${id}-list`}
          groups={groups}
          active={active}
          idOf={idOf}
          onDone={onDone}
          onPoint={(item) => setAt(items.indexOf(item))}
        />
      )}
      <p
        id={`${id}-said`}
        role="status"
        className={isCard || error ? 'mt-2 text-sm text-bad' : 'mt-2 text-sm text-muted'}
      >
        {isCard ? NO_CARD : (error?.message ?? hint(isLooking, isHelp))}
      </p>
    </div>
  );
}

function hint(isLooking: boolean, isHelp: boolean): string {
  if (isLooking) return 'Looking for payment links…';
  return isHelp ? 'Clear the field to go back.' : 'Type ? for the keys.';
}

type FoundProps = {
  id: string;
  groups: Group[];
  active: Item | undefined;
  idOf: (item: Item) => string;
  onDone: () => void;
  onPoint: (item: Item) => void;
};

const Found = ({ id, groups, active, idOf, onDone, onPoint }: FoundProps) => (
  <div id={id} role="listbox" aria-label="Found" className="-mx-2 mt-3 h-[min(24rem,55vh)] overflow-y-auto">
    {groups.map(({ title, items }) => (
      <fieldset key={title} aria-label={title} className="min-w-0 pb-2">
        <div aria-hidden="true" className="px-2 py-1 text-sm font-medium text-muted">
          {title}
        </div>
        {items.map((item) => (
          <Line
            key={item.key}
            id={idOf(item)}
            item={item}
            isActive={item === active}
            onDone={onDone}
            onPoint={() => item !== active && onPoint(item)}
          />
        ))}
      </fieldset>
    ))}
  </div>
);

type LineProps = { id: string; item: Item; isActive: boolean; onDone: () => void; onPoint: () => void };

function Line({ id, item: { name, more, href, status }, isActive, onDone, onPoint }: LineProps) {
  const shared = {
    ...{ id, role: 'option', tabIndex: -1, 'aria-selected': isActive, onMouseMove: onPoint },
    className:
      'flex min-h-10 w-full items-center gap-x-3 rounded-lg px-2 py-1.5 text-start aria-selected:bg-accent-soft aria-selected:text-accent',
  };
  const words = (
    <>
      <span className="font-medium">{name}</span>
      {more && <span className="min-w-0 truncate text-sm text-muted">{more}</span>}
      {status && (
        <span className="ms-auto">
          <StatusBadge status={status} />
        </span>
      )}
    </>
  );
  return href === null ? (
    <button type="button" onClick={() => startTransition(() => signOutAction())} {...shared}>
      {words}
    </button>
  ) : (
    <Link href={href} prefetch={false} onClick={onDone} {...shared}>
      {words}
    </Link>
  );
}
