import { expect, test } from 'vitest';
import { originsIn } from './origins';

test('only exact origins may show the desk in a frame; nothing can be slipped into the policy', () => {
  expect(originsIn('')).toEqual([]);
  expect(originsIn('https://crm.example.com, http://localhost:4000')).toEqual([
    'https://crm.example.com',
    'http://localhost:4000',
  ]);
  for (const wrong of [
    '*',
    'https:',
    'https://*.example.com',
    'https://crm.example.com/desk',
    "https://crm.example.com; script-src 'unsafe-inline'",
    'javascript://crm.example.com',
    'crm.example.com',
  ])
    expect(originsIn(wrong)).toEqual([]);
});
