import { CheckField, SelectField, TextField } from '@/app/_components/field';

type SecretProps = { name: string; label: string; optional?: boolean };
/** A key or secret: typed in, sent, never shown again. */
const SecretField = ({ name, label, optional = false }: SecretProps) => (
  <TextField
    name={name}
    label={label}
    type="password"
    autoComplete="off"
    spellCheck={false}
    required={!optional}
    optional={optional}
    maxLength={300}
    hint="It is encrypted, and never shown again."
  />
);

export const KeyField = () => <SecretField name="apiKey" label="API key" />;
export const NotificationField = ({ optional = false }: { optional?: boolean }) => (
  <SecretField name="notificationSecret" label="Notification secret" optional={optional} />
);

/** Where an account is, and its keys. */
export const AccountFields = ({ gateways }: { gateways: readonly string[] }) => (
  <>
    <SelectField name="gateway" label="Gateway">
      {gateways.map((kind) => (
        <option key={kind} value={kind}>
          {gatewayText(kind)}
        </option>
      ))}
    </SelectField>
    <TextField
      name="url"
      label="Address of its API"
      type="url"
      required
      maxLength={500}
      autoComplete="off"
      hint="It cannot be changed later: another address is another account."
    />
    <KeyField />
    <NotificationField optional />
  </>
);

export const CaptureField = ({ atOnce = true }: { atOnce?: boolean }) => (
  <CheckField
    name="captureAtOnce"
    label="Take the money at once (else it is held until somebody captures it)"
    defaultChecked={atOnce}
  />
);

export const NameField = ({ name = '' }: { name?: string }) => (
  <TextField name="name" label="Name" required maxLength={60} autoComplete="off" defaultValue={name} />
);

export const gatewayText = (kind: string): string => (kind === 'sandbox' ? 'Sandbox (moves no money)' : kind);

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const accountOf = (form: FormData) => ({
  gateway: textOf(form, 'gateway'),
  url: textOf(form, 'url'),
  apiKey: textOf(form, 'apiKey'),
  notificationSecret: textOf(form, 'notificationSecret'),
});
export const basicsOf = (form: FormData) => ({
  name: textOf(form, 'name'),
  captureAtOnce: form.get('captureAtOnce') !== null,
});
