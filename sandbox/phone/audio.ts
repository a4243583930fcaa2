/** Makes sound of what was heard: a WAV file, PCM 16 bit, mono, 8 kHz. */
import { pairOf, RATE } from './dtmf';
import type { Segment } from './hearing';

const LONGEST_MS = 600_000;
const TONE = 6_000;
const NOISE = 600;
/** The same for each key, and none of the frequencies of a key. */
const MASK_HZ = 400;

const wave = (frequency: number, at: number): number =>
  TONE * Math.sin((2 * Math.PI * frequency * at) / RATE);

function header(bytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return head;
}

/** Talk is low noise, which goes on under tones; silence and gaps are zero. Ten minutes at most. */
export function wavOf(segments: readonly Segment[]): Buffer {
  const at = (ms: number) => Math.floor((Math.min(ms, LONGEST_MS) * RATE) / 1000);
  const samples = Buffer.alloc(2 * at(segments.at(-1)?.toMs ?? 0));
  let noise = 1;
  for (const { fromMs, toMs, kind, key = '' } of segments) {
    if (kind === 'silence') continue;
    const tones = kind === 'mask' ? [MASK_HZ] : kind === 'tone' ? (pairOf(key) ?? []) : [];
    for (let i = at(fromMs); i < at(toMs); i++) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
      const talk = NOISE * (noise / 2 ** 31 - 1);
      samples.writeInt16LE(Math.round(tones.reduce((sum, hz) => sum + wave(hz, i), talk)), 2 * i);
    }
  }
  return Buffer.concat([header(samples.length), samples]);
}
