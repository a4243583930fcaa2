import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { Font } from '@react-pdf/renderer';
import type { FontName } from './scripts';

const WEIGHTS = [400, 700];
const [HEADER, WOFF_HEADER, WOFF_ENTRY, ENTRY] = [12, 44, 20, 16];

/** A compressed font (WOFF 1) as it was before (sfnt): of a compressed one each letter would be unpacked anew, in seconds. */
function unpacked(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(HEADER + ENTRY * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const bodies: Buffer[] = [];
  let end = head.length;
  for (let i = 0; i < count; i++) {
    const [from, to] = [WOFF_HEADER + WOFF_ENTRY * i, HEADER + ENTRY * i];
    const [start, size, length] = [4, 8, 12].map((field) => woff.readUInt32BE(from + field)) as [
      number,
      number,
      number,
    ];
    const packed = woff.subarray(start, start + size);
    const table = size < length ? inflateSync(packed) : packed;
    woff.copy(head, to, from, from + 4);
    woff.copy(head, to + 4, from + 16, from + 20);
    head.writeUInt32BE(end, to + 8);
    head.writeUInt32BE(length, to + 12);
    const padding = Buffer.alloc(-length & 3);
    bodies.push(table, padding);
    end += length + padding.length;
  }
  return Buffer.concat([head, ...bodies]);
}

const known = new Set<FontName>();

/** Makes a part of our type known, once. */
export function register(name: FontName): void {
  if (known.has(name)) return;
  known.add(name);
  const family = name === 'japanese' ? 'noto-sans-jp' : 'noto-sans';
  const fonts = WEIGHTS.map((fontWeight) => {
    const file = `@fontsource/${family}/files/${family}-${name}-${fontWeight}-normal.woff`;
    const font = unpacked(readFileSync(createRequire(import.meta.url).resolve(file)));
    return { fontWeight, src: `data:font/ttf;base64,${font.toString('base64')}` };
  });
  Font.register({ family: name, fonts });
}
