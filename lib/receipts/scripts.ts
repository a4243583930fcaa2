import sans from '@fontsource/noto-sans/unicode.json';
import japanese from '@fontsource/noto-sans-jp/unicode.json';
import type { Receipt } from './words';

/** The parts of our type that a PDF can be set in: scripts that run from left to right and join nothing. */
export const FONTS = [
  'latin',
  'latin-ext',
  'greek',
  'greek-ext',
  'cyrillic',
  'vietnamese',
  'japanese',
] as const;
export type FontName = (typeof FONTS)[number];

/** Which characters each part has, as its package says: "U+0000-00FF,U+0131". */
const RANGES: Record<FontName, string> = { ...sans, japanese: Object.values(japanese).join() };

const pattern = (ranges: string): string =>
  ranges.replace(/U\+([\dA-F]+)(?:-([\dA-F]+))?,?/gi, (_, from: string, to?: string) =>
    to ? `\\u{${from}}-\\u{${to}}` : `\\u{${from}}`,
  );
const INSIDE = FONTS.map((name) => ({ name, chars: new RegExp(`[${pattern(RANGES[name])}]+`, 'gu') }));

/** The parts that a receipt needs, and what none of them has. */
function setIn(receipt: Receipt): { fonts: FontName[]; rest: string } {
  let rest = JSON.stringify(receipt);
  const fonts = INSIDE.flatMap(({ name, chars }) => {
    const before = rest;
    if (before === '') return [];
    rest = rest.replace(chars, '');
    return rest === before ? [] : name;
  });
  return { fonts, rest };
}

/** Whether all of a receipt can be set in our type. What cannot (Arabic, Hebrew, Thai, …) is printed from its page instead. */
export const isWritable = (receipt: Receipt): boolean => setIn(receipt).rest === '';

export const fontsFor = (receipt: Receipt): FontName[] => setIn(receipt).fonts;
