/** Colours of a merchant on the payer's pages: always as `#rrggbb`, always with enough contrast to be read. */

/** What an accent stands on: the page and its cards, in both schemes. Payer pages, card form and letters are drawn on these. */
export const GROUNDS = {
  light: { page: '#f5f5f2', card: '#ffffff' },
  dark: { page: '#111214', card: '#1b1c20' },
} as const;
export type Scheme = keyof typeof GROUNDS;

/** The accent in one scheme, and the colour of text on it. */
export type Face = { accent: string; on: string };
export type Faces = Record<Scheme, Face>;

/** Where no merchant has said otherwise. */
export const DEFAULT_FACES: Faces = {
  light: { accent: '#14532d', on: '#ffffff' },
  dark: { accent: '#86efac', on: '#0b2414' },
};

/** The least that a shape differs from its ground by, and text from its own. Source: WCAG 2.2, 1.4.11 and 1.4.3. */
export const LEAST_OF_SHAPES = 3;
export const LEAST_OF_TEXT = 4.5;

const BLACK = '#000000';
const WHITE = '#ffffff';
const STEPS = 255;

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text);

const channels = (colour: string): number[] =>
  [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));

/** Source: WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1, the same, to 21, black on white. Source: WCAG 2.2, contrast ratio. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** So many steps of the way from a colour to another. */
const towards = (from: string, to: string, steps: number): string => {
  const goal = channels(to);
  const mixed = channels(from).map((value, i) =>
    Math.round(value + (((goal[i] ?? 0) - value) * steps) / STEPS),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

const isSeen = (colour: string, scheme: Scheme): boolean =>
  Object.values(GROUNDS[scheme]).every((ground) => contrast(colour, ground) >= LEAST_OF_SHAPES);

/** The nearest colour of the same hue that is seen in a scheme: darker where it is light, lighter where it is dark. */
export function nearestSeen(colour: string, scheme: Scheme): string {
  const goal = scheme === 'light' ? BLACK : WHITE;
  for (let steps = 0; steps < STEPS; steps++) {
    const one = towards(colour, goal, steps);
    if (isSeen(one, scheme)) return one;
  }
  return goal;
}

/** Black or white, whichever is better read on a colour: one of them always has 4.58 and more. */
const textOn = (colour: string): string =>
  contrast(WHITE, colour) >= contrast(BLACK, colour) ? WHITE : BLACK;

const faceOf = (accent: string): Face => ({ accent, on: textOn(accent) });

const kept = new Map<string, Faces>();
const MOST_KEPT = 500;

/** An accent as it is shown; in the dark a lighter one of its hue where it would not be seen. Kept: to find it takes long. */
export function facesOf(accent: string | null): Faces {
  if (accent === null) return DEFAULT_FACES;
  const known = kept.get(accent);
  if (known) return known;
  const faces = {
    light: faceOf(nearestSeen(accent, 'light')),
    dark: faceOf(nearestSeen(accent, 'dark')),
  };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(accent, faces);
  return faces;
}

/** Faces as they stand in the address of the card form: four colours in hexadecimal, one after the other. */
export const packFaces = ({ light, dark }: Faces): string =>
  [light.accent, light.on, dark.accent, dark.on].map((colour) => colour.slice(1)).join('');

/** What `packFaces` packed, or null. */
export function unpackFaces(packed: string): Faces | null {
  if (!/^[0-9a-f]{24}$/.test(packed)) return null;
  const at = (i: number): string => `#${packed.slice(i * 6, i * 6 + 6)}`;
  return { light: { accent: at(0), on: at(1) }, dark: { accent: at(2), on: at(3) } };
}
