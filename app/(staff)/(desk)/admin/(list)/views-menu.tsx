'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { ChevronIcon } from '@/app/_components/icons';
import type { ListViews, SavedView } from '@/lib/contracts/saved-views';
import { PopMenu } from '../../_parts/pop-menu';
import { filterFrom, hrefOf, type LinkFilter } from './filter';
import { DeleteView, KeepView, type ViewDialogProps } from './view-dialogs';

type Props = ListViews & { filter: LinkFilter };
type Asked = { what: 'keep' | 'delete'; view: SavedView | null; open: boolean; round: number };

/** The views of this person and those for everybody: each is an address. What is on screen is kept as one, or in the place of one. */
export function ViewsMenu({ views, mayShare, filter }: Props) {
  const [asked, setAsked] = useState<Asked>({ what: 'keep', view: null, open: false, round: 0 });
  const { q: _, ...kept } = filter;
  const here = hrefOf(kept);
  const current =
    here === '/admin' ? undefined : views.find((view) => hrefOf(filterFrom(view.filter)) === here);
  const ask = (what: Asked['what'], view: SavedView | null) =>
    setAsked({ what, view, open: true, round: asked.round + 1 });
  const dialog: ViewDialogProps = {
    ...{ view: asked.view, filter: kept, isShown: asked.view?.id === current?.id, mayShare },
    ...{ open: asked.open, onClose: () => setAsked({ ...asked, open: false }) },
    onDelete: () => ask('delete', asked.view),
  };
  return (
    <>
      <PopMenu
        button={
          <>
            <span className="max-w-40 truncate">{current?.name ?? 'Views'}</span>
            <ChevronIcon />
          </>
        }
        {...(current && { label: `Views: ${current.name}` })}
        className={buttonClass('secondary')}
      >
        {(close) => {
          const then = (view: SavedView | null) => {
            close();
            ask('keep', view);
          };
          const list = (title: string, shared: boolean) => (
            <ViewList
              title={title}
              views={views.filter((view) => view.shared === shared)}
              current={current}
              onChoose={close}
              onChange={then}
            />
          );
          return (
            <div className="space-y-3 text-start">
              {list('Your views', false)}
              {list('For everybody', true)}
              {views.length === 0 && (
                <p className="text-sm text-muted">
                  No views yet. Filter the list, then save what you see under a name.
                </p>
              )}
              {!current && here !== '/admin' && (
                <Button kind="secondary" className="w-full" onClick={() => then(null)}>
                  Save as a view
                </Button>
              )}
            </div>
          );
        }}
      </PopMenu>
      {asked.what === 'keep' ? (
        <KeepView key={asked.round} {...dialog} />
      ) : (
        <DeleteView key={asked.round} {...dialog} />
      )}
    </>
  );
}

type ListProps = {
  title: string;
  views: SavedView[];
  current: SavedView | undefined;
  onChoose: () => void;
  onChange: (view: SavedView) => void;
};

const ViewList = ({ title, views, current, onChoose, onChange }: ListProps) =>
  views.length > 0 && (
    <section aria-label={title}>
      <h2 className="px-2 text-sm font-medium text-muted">{title}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.id} className="flex items-center gap-1">
            <Link
              href={hrefOf(filterFrom(view.filter))}
              prefetch={false}
              onClick={onChoose}
              aria-current={view === current ? 'true' : undefined}
              className="flex min-h-10 min-w-0 flex-1 items-center rounded-lg px-2 font-medium hover:bg-sunken aria-[current]:text-accent"
            >
              <span className="truncate">{view.name}</span>
            </Link>
            {view.mayChange && (
              <button
                type="button"
                aria-label={`Change ${view.name}`}
                onClick={() => onChange(view)}
                className="min-h-10 rounded-lg px-2 text-sm text-muted hover:bg-sunken hover:text-ink"
              >
                Change
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
