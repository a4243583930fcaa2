import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AUDIT_KINDS, actText } from '@/core/audit-acts';
import { sourceFiles } from './files';

const noted = (): string[] => {
  const source = ['lib', 'app', 'worker']
    .flatMap(sourceFiles)
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  return [...source.matchAll(/\baudits?\([^;]*?['`]([a-z_]+\.[a-z_]+|sign_in|step_up)['`]/g)].map(
    ([, act = '']) => act,
  );
};

test('every act that is noted belongs to a kind of the audit log, and is told in words', () => {
  const acts = noted();
  expect(acts.length).toBeGreaterThan(40);
  const kinds: readonly string[] = Object.values(AUDIT_KINDS).flat();
  expect(acts.filter((act) => !kinds.includes(act.split('.')[0] ?? ''))).toEqual([]);
  expect(actText('payment_link.send')).toBe('Payment link sent');
  expect(actText('something.odd_act')).toBe('Something odd act');
});
