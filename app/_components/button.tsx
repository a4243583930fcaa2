import type { ComponentProps } from 'react';
import { cx } from './cx';

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-sunken',
  danger: 'bg-bad-strong text-on-bad hover:opacity-90',
  quiet: 'text-accent hover:bg-accent-soft',
};

/** The look of a button, for links that act as one too. */
export const buttonClass = (kind: ButtonKind = 'primary', more?: string): string =>
  cx(
    'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 font-medium whitespace-nowrap',
    'transition-colors motion-reduce:transition-none disabled:cursor-not-allowed disabled:opacity-60',
    KINDS[kind],
    more,
  );

export function Button({
  kind = 'primary',
  className,
  type = 'button',
  ...props
}: ComponentProps<'button'> & { kind?: ButtonKind }) {
  return <button type={type} className={buttonClass(kind, className)} {...props} />;
}
