import { type Role, roleMay } from '@/core/permissions';
import { KeyList } from '../_parts/key-list';
import { KEYS } from '../agent/_desk/keys';

const HERE = [
  ['↑ ↓', 'Choose a line here'],
  ['Enter', 'Go there, or do it'],
  ['Esc', 'Close this, or any dialog'],
] as const;

/** Every key of the desk; those of the workspace for whoever takes payments. */
export function Shortcuts({ role, keyName }: { role: Role; keyName: string }) {
  const atWork = Object.values(KEYS).map(({ key, does }) => [`Alt+${key}`, does] as const);
  const parts = [
    { title: 'Everywhere', keys: [[keyName, 'Find or go to'] as const, ...HERE] },
    ...(roleMay(role, 'payment_sessions:create') ? [{ title: 'In the workspace', keys: atWork }] : []),
  ];
  return parts.map(({ title, keys }) => (
    <section key={title} aria-label={title} className="mt-3">
      <h3 className="py-1 text-sm font-medium text-muted">{title}</h3>
      <KeyList keys={keys} />
    </section>
  ));
}
