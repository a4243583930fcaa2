import type { ReactNode } from 'react';
import { CheckField, SelectField, TextField } from '@/app/_components/field';
import type { SingleSignOn } from '@/lib/contracts/single-sign-on';
import { ROLE_NAMES } from '../../_words/roles';

type Props = { settings: SingleSignOn | null; children: ReactNode };
const plain = { autoComplete: 'off', spellCheck: false, autoCapitalize: 'none' } as const;

/** The fields of a provider; the lines of groups and roles stand between them. */
export const ProviderFields = ({ settings, children }: Props) => (
  <>
    <TextField
      {...plain}
      name="issuer"
      label="Provider’s address (issuer)"
      defaultValue={settings?.issuer}
      placeholder="https://login.example.com/realms/staff"
      required
      maxLength={500}
    />
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...plain}
        name="clientId"
        label="Client ID"
        defaultValue={settings?.clientId}
        required
        maxLength={300}
      />
      <TextField
        {...plain}
        name="clientSecret"
        label="Client secret"
        type="password"
        autoComplete="new-password"
        required={!settings}
        optional={settings !== null}
        maxLength={1000}
        hint={settings ? 'Leave it empty to keep the one that is there.' : 'It is not shown again.'}
      />
    </div>
    <TextField
      {...plain}
      name="domains"
      label="E-mail domains"
      defaultValue={settings?.domains.join(', ')}
      placeholder="example.com"
      required
      hint="Addresses of these domains are led to your provider. Separate several with a comma."
    />
    <TextField
      {...plain}
      name="roleClaim"
      label="Claim with the groups"
      optional
      defaultValue={settings ? (settings.roleClaim ?? '') : 'groups'}
      maxLength={200}
      hint="A text or a list, like groups, roles or realm_access.roles."
    />
    {children}
    <SelectField
      name="defaultRole"
      label="Who is in none of these groups"
      defaultValue={settings?.defaultRole ?? ''}
    >
      <option value="">Is refused</option>
      {(['admin', 'agent', 'viewer'] as const).map((role) => (
        <option key={role} value={role}>
          Comes in as {ROLE_NAMES[role].toLowerCase()}
        </option>
      ))}
    </SelectField>
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">Rules</legend>
      <CheckField
        name="createsPeople"
        label="Make an account at the first sign-in; otherwise people must be invited"
        defaultChecked={settings?.createsPeople ?? false}
      />
      <CheckField
        name="passwordAllowed"
        label="Passwords work too; otherwise they work for owners only"
        defaultChecked={settings?.passwordAllowed ?? true}
      />
      <CheckField
        name="needsSecondFactor"
        label="The provider must say that it asked for a second factor (amr or acr)"
        defaultChecked={settings?.needsSecondFactor ?? false}
      />
      <CheckField name="enabled" label="Switched on" defaultChecked={settings?.enabled ?? false} />
    </fieldset>
  </>
);
