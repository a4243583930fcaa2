/** The forms in which a card number could lie somewhere, each with a text that shows it in the middle of other bytes. */
import { groupDigits } from '@/core/card-rules';

export const SPELLINGS = [
  'plain',
  'blanks',
  'dashes',
  'hex',
  'base64',
  'utf16',
  'percent',
  'escaped',
  'reversed',
  'csc',
] as const;
export type Spelling = (typeof SPELLINGS)[number];

export type Card = { number: string; month: string; year: string; csc: string; name: string };

/** `bytes` is what is searched for; `example` holds it as it would really be found. */
export type Variant = { spelling: Spelling; bytes: Buffer; example: Buffer };

const inFours = (digits: string): string => digits.replace(/(.{4})(?=.)/g, '$1 ');
const each = (text: string, spell: (code: number) => string): string =>
  [...text].map((char) => spell(char.charCodeAt(0))).join('');
const hex2 = (code: number): string => code.toString(16).padStart(2, '0');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const variant = (spelling: Spelling, bytes: Buffer | string, example?: Buffer | string): Variant => {
  const core = Buffer.from(bytes);
  const around = [Buffer.from('<'), core, Buffer.from('>')];
  return {
    spelling,
    bytes: core,
    example: example === undefined ? Buffer.concat(around) : Buffer.from(example),
  };
};

/** The characters of a base64 text that `text`, at this offset from a multiple of three bytes, decides alone. */
function base64Core(text: string, offset: number): string {
  const whole = Buffer.from(`${'\0'.repeat(offset)}${text}`).toString('base64');
  return whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + text.length) * 8) / 6));
}

/** Digits and blanks never make `+`, `/`, `-` or `_`: one search serves both alphabets, and both are shown. */
function base64(text: string): Variant[] {
  return [0, 1, 2].flatMap((offset) => {
    const core = base64Core(text, offset);
    const around = (before: string) => Buffer.from(`${before.slice(0, offset + 3)}${text}~?>`, 'latin1');
    return [
      variant('base64', core, around('>?~xy').toString('base64')),
      variant('base64', core, around('\xff\xfe~xy').toString('base64url')),
    ];
  });
}

function escaped(number: string, grouped: string): Variant[] {
  return [
    variant(
      'escaped',
      each(number, (code) => `\\u00${hex2(code)}`),
    ),
    variant('escaped', grouped.replaceAll(' ', '\\u0020')),
    variant('escaped', grouped.replaceAll(' ', '\\u00a0')),
    variant('escaped', grouped.replaceAll(' ', '\u00a0')),
    variant(
      'escaped',
      each(number, (code) => `\\x${hex2(code)}`),
    ),
    variant(
      'escaped',
      each(number, (code) => `&#${code};`),
    ),
  ];
}

/** Three digits mean nothing alone: they are looked for only beside the name of their own card. */
function securityCode({ month, year, csc, name }: Card): Variant[] {
  const asJson = `"csc":"${csc}","name":"${name}"`;
  return [
    variant('csc', `\n${month}\n${year}\n${csc}\n${name}`),
    variant('csc', asJson),
    variant('csc', Buffer.from(asJson, 'utf16le')),
    variant('csc', `csc=${csc}&name=${name.replace(' ', '+')}`),
  ];
}

/** Every form of this card that is looked for. */
export function spell(card: Card): Variant[] {
  const { number } = card;
  const groups = [...new Set([groupDigits(number), inFours(number)])];
  const first = groups[0] ?? number;
  const dashed = first.replaceAll(' ', '-');
  const asHex = (text: string) => Buffer.from(text).toString('hex');
  return [
    variant('plain', number),
    ...groups.map((text) => variant('blanks', text)),
    ...groups.map((text) => variant('dashes', text.replaceAll(' ', '-'))),
    variant('dashes', first.replaceAll(' ', '.')),
    variant('hex', asHex(number)),
    variant('hex', asHex(first)),
    variant('hex', asHex(dashed)),
    variant('hex', asHex(dashed).toUpperCase()),
    variant('hex', each(number, (code) => `${hex2(code)} `).trimEnd()),
    ...base64(number),
    ...base64(first),
    variant('utf16', Buffer.from(number, 'utf16le')),
    variant('utf16', utf16be(number)),
    variant('utf16', Buffer.from(first, 'utf16le')),
    variant(
      'percent',
      each(number, (code) => `%${hex2(code)}`),
    ),
    variant('percent', first.replaceAll(' ', '%20')),
    variant('percent', first.replaceAll(' ', '+')),
    ...escaped(number, first),
    variant('reversed', [...number].reverse().join('')),
    ...securityCode(card),
  ];
}
