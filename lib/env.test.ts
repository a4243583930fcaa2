import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { once, workerEnv } from './env';

afterEach(() => vi.unstubAllEnvs());

const schema = z.object({ NEXTAUTH_SECRET: z.string(), LOG_LEVEL: z.string().default('info') });
const nowhere = path.join(tmpdir(), 'counterfoil-no-such-file');

test('a foreign variable that names a missing file stops nothing', () => {
  vi.stubEnv('NEXTAUTH_SECRET', 'ours');
  vi.stubEnv('SOMEBODY_ELSES_FILE', nowhere);
  expect(once(schema)()).toEqual({ NEXTAUTH_SECRET: 'ours', LOG_LEVEL: 'info' });
});

test('a variable of ours may lie in a file, and a missing one is named', () => {
  const file = path.join(tmpdir(), `counterfoil-env-${process.pid}`);
  writeFileSync(file, 'from a file\n', { mode: 0o600 });
  vi.stubEnv('NEXTAUTH_SECRET', '');
  vi.stubEnv('NEXTAUTH_SECRET_FILE', file);
  expect(once(schema)().NEXTAUTH_SECRET).toBe('from a file');
  rmSync(file);
  vi.stubEnv('NEXTAUTH_SECRET_FILE', nowhere);
  expect(once(schema)).toThrow(`NEXTAUTH_SECRET_FILE names ${nowhere}, which cannot be read`);
});

test('the other common name counts when ours is absent; what is missing is named', () => {
  vi.stubEnv('NEXTAUTH_SECRET', undefined);
  vi.stubEnv('AUTH_SECRET', 'the other');
  expect(once(schema)().NEXTAUTH_SECRET).toBe('the other');
  vi.stubEnv('AUTH_SECRET', '');
  expect(once(schema)).toThrow(/NEXTAUTH_SECRET/);
});

test('nothing is kept shorter than what it is there for', () => {
  vi.stubEnv('KEEP_EVENTS_DAYS', '30');
  vi.stubEnv('KEEP_DELIVERIES_DAYS', '4000');
  expect(workerEnv).toThrow(/KEEP_EVENTS_DAYS.*KEEP_DELIVERIES_DAYS/);
});
