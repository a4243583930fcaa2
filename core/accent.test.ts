import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contrast,
  DEFAULT_FACES,
  facesOf,
  GROUNDS,
  LEAST_OF_SHAPES,
  LEAST_OF_TEXT,
  nearestSeen,
  packFaces,
  type Scheme,
  unpackFaces,
} from './accent';

const SCHEMES: readonly Scheme[] = ['light', 'dark'];

test('contrast is that of WCAG: known pairs, the same both ways', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  expect(contrast('#ff0000', '#ffffff')).toBeCloseTo(4, 2);
});

test('whatever the colour, what is shown is seen on page and card in both schemes, and text on it can be read', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(fc.option(colour), (accent) => {
      const faces = facesOf(accent);
      for (const scheme of SCHEMES) {
        for (const ground of Object.values(GROUNDS[scheme]))
          expect(contrast(faces[scheme].accent, ground)).toBeGreaterThanOrEqual(LEAST_OF_SHAPES);
        expect(contrast(faces[scheme].accent, faces[scheme].on)).toBeGreaterThanOrEqual(LEAST_OF_TEXT);
      }
      expect(unpackFaces(packFaces(faces))).toEqual(faces);
    }),
  );
});

test('a colour that is seen is left as it is; one that is not becomes the nearest of its hue', () => {
  expect(nearestSeen('#1d4ed8', 'light')).toBe('#1d4ed8');
  expect(nearestSeen('#ffff00', 'light')).toMatch(/^#(..)\1(00)$/);
  expect(nearestSeen('#000000', 'dark')).toMatch(/^#(..)\1\1$/);
  expect(facesOf(null)).toBe(DEFAULT_FACES);
});

test('what the card form does not know as colours is none', () => {
  for (const packed of ['', 'red', `${'0'.repeat(23)}g`, '0'.repeat(25), `${'0'.repeat(24)};}`])
    expect(unpackFaces(packed)).toBeNull();
});
