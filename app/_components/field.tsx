import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

const CONTROL =
  'min-h-10 w-full rounded-lg border bg-surface px-3 py-2 text-base text-ink placeholder:text-muted sm:text-[0.9375rem]';
const border = (error: string | undefined) => (error ? 'border-bad' : 'border-line-strong');

export type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
};

const describedBy = (name: string, hint: ReactNode, error: string | undefined) =>
  cx(error && `${name}-error`, hint !== undefined && `${name}-hint`) || undefined;

/** Label above, hint and error below; the error is tied to the field and said when the field takes focus. */
export function Field({
  name,
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: ReactNode }) {
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-2">
        <label htmlFor={name} className="font-medium">
          {label}
        </label>
        {optional && (
          <span aria-hidden="true" className="text-sm text-muted">
            optional
          </span>
        )}
      </div>
      {children}
      {error && (
        <p id={`${name}-error`} className="mt-1 text-sm font-medium text-bad">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${name}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  optional,
  name,
  className,
  ...input
}: FieldProps & Omit<ComponentProps<'input'>, 'name'>) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional ?? false}>
      <input
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        className={cx(CONTROL, border(error), className)}
        {...input}
      />
    </Field>
  );
}

export function AreaField({
  label,
  hint,
  error,
  optional,
  name,
  className,
  ...area
}: FieldProps & Omit<ComponentProps<'textarea'>, 'name'>) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional ?? false}>
      <textarea
        id={name}
        name={name}
        rows={3}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        className={cx(CONTROL, border(error), className)}
        {...area}
      />
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  name,
  children,
  ...select
}: FieldProps & Omit<ComponentProps<'select'>, 'name'>) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional ?? false}>
      <select
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        className={cx(CONTROL, border(error))}
        {...select}
      >
        {children}
      </select>
    </Field>
  );
}

export function CheckField({
  name,
  label,
  ...input
}: { name: string; label: string } & ComponentProps<'input'>) {
  return (
    <label className="flex min-h-10 items-center gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft">
      <input type="checkbox" name={name} className="size-4 shrink-0 accent-accent" {...input} />
      {label}
    </label>
  );
}
