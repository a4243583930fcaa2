import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lookWith } from './page';

const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-look-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ENV = { NODE_ENV: 'production', MARK: 'given' } as const;
function looked(name: string, program: string, limitMs?: number) {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(file, program);
  return lookWith(file, ['https://a.example/pay/x', 'https://b.example/pay/x'], ENV, limitMs);
}

test('what the looking program says is what was seen, whatever it ends with, and it gets what it is given alone', async () => {
  const program = `console.log('a word before');
    console.log(JSON.stringify({ result: 'differs', findings: [process.argv.slice(2).join(' '), Object.keys(process.env).join()] }));
    process.exitCode = 1;`;
  expect(await looked('differs', program)).toEqual({
    result: 'differs',
    findings: ['--json --url https://a.example/pay/x --url https://b.example/pay/x', 'NODE_ENV,MARK'],
  });
});

test('a program that hangs, dies or says anything else has not looked, and why is said', async () => {
  const because = (finding: string) => ({ result: 'not_looked', findings: [finding] });
  expect(await looked('hangs', 'setInterval(() => {}, 1000)', 500)).toEqual(
    because('The look took too long and was stopped'),
  );
  expect(await looked('dies', 'process.kill(process.pid, "SIGKILL")')).toEqual(
    because('The look ended without a word'),
  );
  expect(await looked('odd', 'console.log("{}"); console.error("No room left")')).toEqual(
    because('No room left'),
  );
  expect(await looked('forged', 'console.log(JSON.stringify({ result: "fine", findings: [] }))')).toEqual(
    because('{"result":"fine","findings":[]}'),
  );
});
