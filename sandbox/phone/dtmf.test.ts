import { expect, test } from 'vitest';
import { wavOf } from './audio';
import { dtmfKeysIn } from './dtmf';
import { Hearing, type Sound } from './hearing';

const ALL = '1234567890*#';

/** The keys one after the other, each for so long, between talk. */
function sound(keys: string, kind: Sound, lastsMs = 120, gapMs = 40): Buffer {
  const segments = [...keys].flatMap((key, i) => {
    const fromMs = i * (lastsMs + gapMs);
    const toMs = fromMs + lastsMs;
    return [
      { fromMs, toMs, kind, ...(kind === 'tone' ? { key } : {}) },
      { fromMs: toMs, toMs: toMs + gapMs, kind: 'speech' as const },
    ];
  });
  return wavOf(segments);
}

/** The same sound so much quieter, with noise over it. */
function worse(wav: Buffer, part: number, noise: number): Buffer {
  const copy = Buffer.from(wav);
  for (let at = 44; at < copy.length; at += 2)
    copy.writeInt16LE(Math.round(copy.readInt16LE(at) * part + noise * (2 * Math.random() - 1)), at);
  return copy;
}

test('every key is heard where tones are in clear, also twice the same, quiet and in noise', () => {
  expect(dtmfKeysIn(sound(`${ALL}4242ABCD`, 'tone'))).toBe(`${ALL}4242ABCD`);
  expect(dtmfKeysIn(sound('4422', 'tone'))).toBe('4422');
  expect(dtmfKeysIn(worse(sound(ALL, 'tone'), 0.1, 0))).toBe(ALL);
  expect(dtmfKeysIn(worse(sound(ALL, 'tone'), 1, 2_500))).toBe(ALL);
});

test('a key counts from forty milliseconds on, and never below twenty', () => {
  expect(dtmfKeysIn(sound(ALL, 'tone', 40))).toBe(ALL);
  expect(dtmfKeysIn(sound(ALL, 'tone', 20))).toBe('');
});

test('nothing is heard in the mask, in talk or in silence, and each masked key sounds the same', () => {
  for (const kind of ['mask', 'speech', 'silence'] as const) expect(dtmfKeysIn(sound(ALL, kind))).toBe('');
  expect(sound('111', 'mask')).toEqual(sound('7*#', 'mask'));
  expect(dtmfKeysIn(wavOf([{ fromMs: 0, toMs: 20_000, kind: 'speech' }]))).toBe('');
});

test('what is no sound of a telephone is refused', () => {
  expect(() => dtmfKeysIn(Buffer.from('nothing'))).toThrow('not a WAV file');
  const stereo = sound('1', 'tone');
  stereo.writeUInt16LE(2, 22);
  expect(() => dtmfKeysIn(stereo)).toThrow('mono');
});

test('what is not taken in leaves a gap, and ends a key that still sounds', () => {
  const hearing = new Hearing();
  hearing.become('speech', 0);
  hearing.key({ fromMs: 100, kind: 'tone', key: '5' });
  hearing.become(null, 150);
  hearing.key({ fromMs: 160, kind: 'tone', key: '6' });
  hearing.become('speech', 400);
  hearing.key({ fromMs: 500, kind: 'mask' });
  expect(hearing.until(550)).toEqual([
    { fromMs: 0, toMs: 100, kind: 'speech' },
    { fromMs: 100, toMs: 150, kind: 'tone', key: '5' },
    { fromMs: 400, toMs: 500, kind: 'speech' },
    { fromMs: 500, toMs: 550, kind: 'mask' },
  ]);
});
