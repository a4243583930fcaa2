'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { CheckField } from '@/app/_components/field';
import { useToast } from '@/app/_components/toast';
import { LINK_COLUMNS, type LinkColumn, type ListLook } from '@/core/list-look';
import { KeyList } from '../../_parts/key-list';
import { columnName } from '../../_parts/link-table';
import { PopMenu } from '../../_parts/pop-menu';
import { ROW_KEYS, useRowKeys } from '../../_parts/row-keys';
import { setLook } from './actions';

export type Looks = { look: ListLook; change: (look: ListLook) => void };

/** How the list looks: at once here, then kept for this person. */
export function useLook(first: ListLook): Looks {
  const [look, setShown] = useState(first);
  const router = useRouter();
  const say = useToast();
  const change = (next: ListLook) => {
    setShown(next);
    setLook(next).then(
      (outcome) => (outcome.ok ? router.refresh() : say(outcome.error.message, 'bad')),
      () => say('The portal does not answer: how the list looks is not kept.', 'bad'),
    );
  };
  return { look, change };
}

/** Which columns are shown, and how high the rows are. */
export function ColumnsMenu({ look, change }: Looks) {
  const show = (column: LinkColumn, isShown: boolean) =>
    change({
      ...look,
      hidden: LINK_COLUMNS.filter((one) => (one === column ? !isShown : look.hidden.includes(one))),
    });
  return (
    <PopMenu button="Columns" className={buttonClass('quiet')}>
      {() => (
        <fieldset className="space-y-2 text-start">
          <legend className="mb-2 font-medium">What the list shows</legend>
          {LINK_COLUMNS.map((column) => (
            <CheckField
              key={column}
              name={`column-${column}`}
              label={columnName(column)}
              checked={!look.hidden.includes(column)}
              onChange={({ target }) => show(column, target.checked)}
            />
          ))}
          <CheckField
            name="dense"
            label="Low rows"
            checked={look.dense}
            onChange={({ target }) => change({ ...look, dense: target.checked })}
          />
        </fieldset>
      )}
    </PopMenu>
  );
}

/** The list's keys, what they do, and the way to switch them off for those whose speech or hands would press them. */
export function ListKeys({ look, change }: Looks) {
  const [open, setOpen] = useState(false);
  useRowKeys({ isOn: look.keys, help: () => setOpen(true) });
  return (
    <>
      <Button kind="quiet" className="max-sm:hidden" onClick={() => setOpen(true)}>
        Keys
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Keys of this list">
        {open && (
          <>
            <div className="mt-3 mb-4">
              <KeyList keys={ROW_KEYS} />
            </div>
            <CheckField
              name="keys"
              label="Use these keys"
              checked={look.keys}
              onChange={({ target }) => change({ ...look, keys: target.checked })}
            />
            <div className="mt-4 text-end">
              <Button onClick={() => setOpen(false)}>Close</Button>
            </div>
          </>
        )}
      </Dialog>
    </>
  );
}
