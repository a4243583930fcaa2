import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECKS } from '../verify/webhooks/checks';
import { CONTROLS } from '../verify/webhooks/controls';

const doc = readFileSync('docs/webhooks.md', 'utf8');

test('docs/webhooks.md tells every check and every control of the trial', () => {
  for (const { id, name } of CHECKS)
    expect(doc).toContain(
      `| ${id} | ${name.replace(/with (\S+) and with (\S+)$/, 'with `$1` and with `$2`')} |`,
    );
  for (const { name } of CONTROLS) expect(doc).toContain(`\`${name}\``);
});

test('what a control of the trial breaks is there to be broken', () => {
  for (const { patches } of CONTROLS)
    for (const { file, find } of patches) expect(readFileSync(file, 'utf8')).toContain(find);
});
