'use client';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { countOf } from '@/app/_components/format';
import type { BulkActKind } from '@/core/bulk-act';
import { SelectBox } from '../../_parts/select-box';
import type { Selection } from '../../_parts/selection';
import { BulkDialog } from './bulk-dialog';
import { ExportLinks } from './bulk-export';
import type { LinkFilter } from './filter';

/** What the person may do to many links at once. */
export type MayBulk = Record<BulkActKind, boolean>;
/** What is asked for; it stays while its dialog closes, so that the focus goes back where it was. */
type Asked = { what: BulkActKind | 'export'; open: boolean; round: number };
type Props = {
  selection: Selection;
  shown: number;
  /** There are more than are shown. */
  more: boolean;
  filter: LinkFilter;
  may: MayBulk;
};

/** Says what is chosen of the list, and what can be done to it. Without a choice, an export is of the list as it is filtered. */
export function BulkBar({ selection, shown, more, filter, may }: Props) {
  const [asked, setAsked] = useState<Asked>({ what: 'export', open: false, round: 0 });
  const { chosen, all } = selection;
  const some = chosen.length > 0;
  const which = all || !some ? { filter } : { links: [...chosen] };
  const ask = (what: Asked['what']) => setAsked(({ round }) => ({ what, open: true, round: round + 1 }));
  const close = () => setAsked((before) => ({ ...before, open: false }));
  const dialog = { which, open: asked.open, onClose: close };
  return (
    <section
      aria-label="Do something to many"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-surface py-2 ps-4 pe-2 has-[input:checked]:border-accent"
    >
      <SelectBox
        label="Choose all shown"
        checked={chosen.length === shown}
        some={some}
        onToggle={selection.toggleShown}
      />
      <p role="status" className="text-sm tabular-nums">
        {chosenText(selection, more)}
      </p>
      {some && !all && more && (
        <Button kind="quiet" onClick={selection.chooseAll}>
          Choose all that match
        </Button>
      )}
      {some && (
        <Button kind="quiet" onClick={selection.clear}>
          Clear
        </Button>
      )}
      <div className="ms-auto flex flex-wrap gap-2">
        {some && may.send && (
          <Button kind="secondary" onClick={() => ask('send')}>
            Send again
          </Button>
        )}
        {some && may.cancel && (
          <Button kind="secondary" className="text-bad!" onClick={() => ask('cancel')}>
            Cancel links
          </Button>
        )}
        <Button kind="secondary" onClick={() => ask('export')}>
          Export
        </Button>
      </div>
      {asked.what === 'export' ? (
        <ExportLinks {...dialog} />
      ) : (
        <BulkDialog key={asked.round} act={asked.what} {...dialog} />
      )}
    </section>
  );
}

function chosenText({ chosen, all }: Selection, more: boolean): string {
  if (chosen.length === 0) return 'None chosen';
  return all && more ? 'All that match are chosen' : `${countOf(chosen.length)} chosen`;
}
