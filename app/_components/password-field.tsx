'use client';
import { useState } from 'react';
import { type FieldProps, TextField } from './field';

type Props = Omit<FieldProps, 'name'> & {
  autoComplete: 'current-password' | 'new-password';
  /** Where a form has two. */
  name?: string;
};

/** A password that can be shown while it is typed, so that nobody has to type it twice. */
export function PasswordField({ name = 'password', ...props }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <TextField
        {...props}
        name={name}
        type={shown ? 'text' : 'password'}
        required
        maxLength={256}
        spellCheck={false}
        autoCapitalize="none"
        className="pe-20"
      />
      <button
        type="button"
        onClick={() => setShown(!shown)}
        aria-pressed={shown}
        aria-label="Show password"
        className="absolute end-1 top-8 min-h-8 rounded-md px-3 text-sm font-medium text-accent hover:bg-accent-soft"
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}
