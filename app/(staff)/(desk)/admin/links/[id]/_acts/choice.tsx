import type { ReactNode } from 'react';

type Props = {
  name: string;
  value: string;
  checked: boolean;
  onChoose: (value: string) => void;
  children: ReactNode;
};

/** One of several, as wide as a thumb. */
export const Choice = ({ name, value, checked, onChoose, children }: Props) => (
  <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft">
    <input
      type="radio"
      name={name}
      value={value}
      checked={checked}
      onChange={() => onChoose(value)}
      className="size-4 shrink-0 accent-accent"
    />
    <span className="min-w-0">{children}</span>
  </label>
);
