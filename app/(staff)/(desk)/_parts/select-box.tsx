'use client';
import { cx } from '@/app/_components/cx';

type Props = {
  label: string;
  checked: boolean;
  /** Some of what it stands for are chosen. */
  some?: boolean;
  onToggle: (range: boolean) => void;
  className?: string;
};

/** A box to choose by, as wide as a thumb. It stands above what its row opens. */
export const SelectBox = ({ label, checked, some = false, onToggle, className }: Props) => (
  <label
    className={cx(
      'relative z-10 -m-3 inline-flex size-11 cursor-pointer items-center justify-center',
      className,
    )}
  >
    <input
      type="checkbox"
      aria-label={label}
      ref={(box) => {
        if (box) box.indeterminate = some && !checked;
      }}
      onChange={({ nativeEvent }) => onToggle(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
      className="size-4.5 accent-accent"
      checked={checked}
    />
  </label>
);
