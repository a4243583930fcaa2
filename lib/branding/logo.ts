import { createHash } from 'node:crypto';
import { type Outcome, ok } from '@/core/outcome';
import { MOST_LOGO_BYTES } from '../contracts/branding';
import { refuseField } from '../parse';

/** A picture as payers get it. Size in CSS pixels: it has twice as many of its own. */
export type LogoImage = { hash: string; image: Uint8Array; width: number; height: number };

/** Its place on the page, and the most that it may weigh. */
const MOST_WIDTH = 200;
const MOST_HEIGHT = 40;
const MOST_BYTES = 20_000;
/** A picture that says it has more is never unpacked. */
const MOST_PIXELS = 16_000_000;
const MOST_SECONDS = 5;
const QUALITIES = [90, 75, 50, 25];

/** PNG, JPEG or WebP, by what a file begins with. Nothing else reaches the decoder, whatever its name: an SVG is a document. */
function isPicture(file: Uint8Array): boolean {
  const start = Buffer.from(file.subarray(0, 12)).toString('latin1');
  const isWebp = start.startsWith('RIFF') && start.endsWith('WEBP');
  return isWebp || ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff'].some((signature) => start.startsWith(signature));
}

/** Decodes an uploaded picture and writes it anew, as small as its place: nothing of the file itself is kept. */
export async function readLogo(file: Uint8Array): Promise<Outcome<LogoImage>> {
  if (file.byteLength > MOST_LOGO_BYTES) return refuseField('logo', 'is larger than 200 kB');
  if (!isPicture(file)) return refuseField('logo', 'is not a PNG, JPEG or WebP picture');
  try {
    for (const quality of QUALITIES) {
      const { data, info } = await shrink(file, quality);
      if (data.byteLength > MOST_BYTES) continue;
      const hash = createHash('sha256').update(data).digest('base64url');
      const [width, height] = [info.width, info.height].map((pixels) => Math.ceil(pixels / 2));
      return ok({ hash, image: data, width: width ?? 1, height: height ?? 1 });
    }
    return refuseField('logo', 'holds too much detail for a logo');
  } catch {
    return refuseField('logo', 'cannot be read: it is damaged, or larger than 4000 by 4000 pixels');
  }
}

async function shrink(file: Uint8Array, quality: number) {
  // Loaded where it is needed: no other page holds the decoder in its memory.
  const { default: sharp } = await import('sharp');
  return sharp(file, { limitInputPixels: MOST_PIXELS })
    .timeout({ seconds: MOST_SECONDS })
    .autoOrient()
    .resize(2 * MOST_WIDTH, 2 * MOST_HEIGHT, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
}
