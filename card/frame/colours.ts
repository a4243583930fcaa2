import { type Face, unpackFaces } from '@/core/accent';

const rule = ({ accent, on }: Face): string =>
  `:root{--act:${accent};--act-hover:${accent};--act-ink:${on};--ring:${accent}}`;

/** The merchant's colours, where the page around has put them behind its nonce: four checked colours and nothing else. */
export function takeColours(sheet = document.styleSheets[0]): void {
  const faces = unpackFaces(location.hash.split('.')[1] ?? '');
  if (!faces || !sheet) return;
  const dark = `@media (prefers-color-scheme: dark) {${rule(faces.dark)}}`;
  for (const text of [rule(faces.light), dark]) sheet.insertRule(text, sheet.cssRules.length);
}
