import { expect, test } from 'vitest';
import { optOutWord } from './opt-outs';

test('the common words are heard in any case, with accents, blanks and punctuation around them', () => {
  for (const text of [
    'STOP',
    ' stop. ',
    'Stop all',
    'Opt-out',
    'cancel',
    'END',
    'quit',
    'Arrêt',
    'Abmelden',
    'توقف',
  ])
    expect(optOutWord(text), text).toBe('stop');
  for (const text of ['START', 'unstop!']) expect(optOutWord(text), text).toBe('start');
});

test('a text that only holds such a word, and one without a word, asks for nothing', () => {
  for (const text of [
    'Please do not stop',
    'stop by at 5?',
    'I want to cancel my order',
    'yes',
    '',
    '1',
    '👍',
  ])
    expect(optOutWord(text), text).toBeNull();
});
