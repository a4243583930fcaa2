import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { differences, readBaseline, unlistedScripts, writeBaseline } from './baseline';

const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const seen = {
  asked: ['https://card.example.com', 'https://pay.example.com'],
  documents: {
    'https://pay.example.com/pay/[token]': ['header x-frame-options: DENY', 'script sha256-aaa= 10 bytes'],
    'https://card.example.com/form?l=en': ['script sha256-bbb= 20 bytes', 'status 200'],
  },
};
const file = path.join(folder, 'page.json');
const publicKey = writeBaseline(file, seen, pem(), new Date('2026-11-28T10:00:00Z'));

test('a baseline is what was seen, as long as nobody changes a character of it', () => {
  expect(readBaseline(file, publicKey)).toEqual({ ...seen, signedAt: '2026-11-28T10:00:00.000Z' });
  const forged = path.join(folder, 'forged.json');
  const text = readFileSync(file, 'utf8');
  const forgeries = [
    text.replace('aaa=', 'ccc='),
    text.replace('DENY', 'SAMEORIGIN'),
    text.replace('2026', '2027'),
    text.replace('/pay/[token]', '/pay/other'),
    text.replace('"status 200"', '"status 200", "script sha256-ccc= 1 bytes"'),
    text.replace(/"signature": "[^"]+"/, '"signature": ""'),
    text.slice(1),
    '{}',
  ];
  for (const forgery of forgeries) {
    expect(forgery).not.toBe(text);
    writeFileSync(forged, forgery);
    expect(readBaseline(forged, publicKey), forgery).toBeNull();
  }
});

test('a baseline signed by another key is refused, and without a key or a file nothing is compared', () => {
  const other = writeBaseline(path.join(folder, 'other.json'), seen, pem(), new Date());
  expect(readBaseline(file, other)).toBeNull();
  expect(() => readBaseline(file, 'no key')).toThrow('no Ed25519 key');
  expect(() => readBaseline(path.join(folder, 'none.json'), publicKey)).toThrow('There is no baseline');
});

test('everything that is new, gone or otherwise is said, and nothing else', () => {
  expect(differences(seen, seen)).toEqual([]);
  const now = {
    asked: [...seen.asked, 'https://evil.example'],
    documents: {
      'https://pay.example.com/pay/[token]': [
        'script sha256-aaa= 10 bytes',
        'script from https://evil.example/x.js',
      ],
      'https://evil.example/form': ['status 200'],
    },
  };
  expect(differences(seen, now)).toEqual([
    'the page asks: new https://evil.example',
    'https://card.example.com/form?l=en: is no longer there',
    'https://evil.example/form: new status 200',
    'https://pay.example.com/pay/[token]: no longer header x-frame-options: DENY',
    'https://pay.example.com/pay/[token]: new script from https://evil.example/x.js',
  ]);
});

test('a script that the manifest does not list is not signed', () => {
  expect(unlistedScripts(seen, [{ sha256: 'aaa=' }, { sha256: 'bbb=' }])).toEqual([]);
  expect(unlistedScripts(seen, [{ sha256: 'aaa=' }])).toEqual([
    'https://card.example.com/form?l=en: script sha256-bbb= 20 bytes',
  ]);
});
