'use client';
import { useId } from 'react';

type Option<T> = { value: T; label: string; what: string };
type Props<T> = {
  legend: string;
  /** The legend is heard, not seen: a heading says it. */
  isHidden?: boolean;
  options: readonly Option<T>[];
  chosen: T;
  disabled: boolean;
  /** Why nothing can be chosen, where that is so. */
  note?: string | false;
  onChoose: (option: Option<T>) => void;
};

/** One of a few settings, each with what it means; it takes effect as it is chosen. */
export function RadioChoice<T extends string>({
  legend,
  isHidden = false,
  options,
  chosen,
  disabled,
  note,
  onChoose,
}: Props<T>) {
  const group = useId();
  return (
    <fieldset disabled={disabled} className="space-y-2">
      <legend className={isHidden ? 'sr-only' : 'mb-1 font-medium'}>{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={chosen === option.value}
            onChange={() => onChoose(option)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="font-medium">{option.label}</span>
            <span className="block text-sm text-muted">{option.what}</span>
          </span>
        </label>
      ))}
      {note && <p className="text-sm text-muted">{note}</p>}
    </fieldset>
  );
}
