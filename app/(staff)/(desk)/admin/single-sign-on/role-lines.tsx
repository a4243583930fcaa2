'use client';
import { Button } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { ROLES, type Role } from '@/core/permissions';
import { MOST_ROLE_VALUES } from '@/lib/contracts/single-sign-on';
import { ROLE_NAMES } from '../../_words/roles';

export type RoleLine = { key: number; value: string; role: Role };
type Props = { lines: RoleLine[]; onChange: (lines: RoleLine[]) => void };

const CONTROL =
  'min-h-10 rounded-lg border border-line-strong bg-surface px-3 py-2 text-base text-ink sm:text-[0.9375rem]';

/** Which role a group gives. Who is in several has the highest. */
export function RoleLines({ lines, onChange }: Props) {
  const change = (key: number, part: Partial<RoleLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = () =>
    onChange([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, value: '', role: 'agent' }]);
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">Groups and roles</legend>
      {lines.map(({ key, value, role }, at) => (
        <div key={key} className="flex flex-wrap gap-2">
          <input
            aria-label={`Group ${at + 1}`}
            value={value}
            onChange={(event) => change(key, { value: event.target.value })}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
            className={`${CONTROL} min-w-40 flex-1`}
          />
          <select
            aria-label={`Role of group ${at + 1}`}
            value={role}
            onChange={(event) => change(key, { role: event.target.value as Role })}
            className={CONTROL}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {ROLE_NAMES[one]}
              </option>
            ))}
          </select>
          <Button
            kind="quiet"
            aria-label={`Remove group ${at + 1}`}
            onClick={() => onChange(lines.filter((line) => line.key !== key))}
          >
            Remove
          </Button>
        </div>
      ))}
      {lines.length < MOST_ROLE_VALUES && (
        <Button kind="secondary" onClick={add}>
          <PlusIcon /> Add a group
        </Button>
      )}
    </fieldset>
  );
}
