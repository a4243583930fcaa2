import { cx } from '@/app/_components/cx';
import { ChevronIcon } from '@/app/_components/icons';
import { KEYS, type KeyName } from './keys';

/** The key of a button, beside its words. Told to assistive technology by the button itself. */
export const KeyHint = ({ name, onAccent = false }: { name: KeyName; onAccent?: boolean }) => (
  <span
    aria-hidden="true"
    className={cx(
      'rounded border px-1.5 font-mono text-xs font-normal max-sm:hidden',
      onAccent ? 'border-current' : 'border-line-strong text-muted',
    )}
  >
    Alt+{KEYS[name].key}
  </span>
);

/** All keys, for whoever wants to learn them. */
export const KeyHelp = () => (
  <details className="group rounded-xl border border-line bg-surface max-md:hidden">
    <summary className="flex min-h-11 list-none items-center justify-between px-4 font-medium">
      Keys <ChevronIcon className="size-4 text-muted group-open:rotate-180" />
    </summary>
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 border-t border-line px-4 py-3 text-sm">
      {Object.values(KEYS).map(({ key, does }) => (
        <div key={key} className="contents">
          <dt>
            <kbd className="rounded border border-line-strong px-1.5 font-mono text-xs whitespace-nowrap">
              Alt+{key}
            </kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <p className="px-4 pb-3 text-sm text-muted">
      On a Mac Alt is the Option key; in a text field it types letters, so leave the field first.
    </p>
  </details>
);
