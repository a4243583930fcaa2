import { TextField } from './field';
import { refuseCard } from './no-card';

type Props = { defaultValue: string; error?: string | undefined };

/** The address that somebody signs in with. What was typed stays when a form comes back. */
export const EmailField = ({ defaultValue, error }: Props) => (
  <TextField
    key={defaultValue}
    name="email"
    label="E-mail"
    type="email"
    autoComplete="username"
    defaultValue={defaultValue}
    error={error}
    onInput={refuseCard}
    required
    maxLength={254}
    spellCheck={false}
    autoCapitalize="none"
  />
);
