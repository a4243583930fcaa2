import { contrast, facesOf, GROUNDS, isColour, LEAST_OF_SHAPES, nearestSeen } from '@/core/accent';
import type { AppError } from '@/core/outcome';
import type { Branding, Logo } from '@/lib/contracts/branding';

/** What is typed. `file`: a new logo; null takes it away, undefined leaves it. */
export type Draft = { name: string; accent: string; footer: string; logo: Logo | null; file?: Blob | null };
export type Problems = Partial<Record<'name' | 'accent' | 'footer' | 'logo', string>>;

export const draftOf = ({ name, accent, footer, logo }: Branding): Draft => ({
  name,
  accent: accent ?? '',
  footer: footer ?? '',
  logo,
});

export const inputOf = ({ name, accent, footer }: Draft, version: number) => ({
  version,
  name,
  accent: accent || null,
  footer: footer.trim() || null,
});

export const isChanged = (draft: Draft, seen: Branding): boolean =>
  JSON.stringify([draft.name, draft.accent, draft.footer, draft.logo]) !==
  JSON.stringify(Object.values(draftOf(seen)));

const LABELS: Record<keyof Problems, string> = {
  name: 'The name',
  accent: 'The colour',
  footer: 'The footer',
  logo: 'The file',
};

/** A refusal, field by field; empty where it is of none. */
export const problemsOf = ({ errors = [] }: AppError): Problems =>
  Object.fromEntries(
    Object.entries(LABELS).flatMap(([field, label]) => {
      const error = errors.find(({ path }) => path === field);
      return error ? [[field, `${label} ${error.message}`]] : [];
    }),
  );

/** What is wrong with a colour while it is typed, and the nearest that can be seen. */
export function judgeAccent(accent: string): { problem: string; nearest: string | null } | null {
  if (accent === '') return null;
  if (!isColour(accent)) return { problem: 'Write a colour like #1d4ed8.', nearest: null };
  const nearest = nearestSeen(accent, 'light');
  if (nearest === accent) return null;
  const ratio = Math.floor(contrast(accent, GROUNDS.light.page) * 10) / 10;
  const problem = `Too pale to be seen on the light page: its contrast is ${ratio} to 1, and ${LEAST_OF_SHAPES} to 1 is needed.`;
  return { problem, nearest };
}

/** What a person should know of a colour that is taken. */
export function accentHint(accent: string): string {
  if (!isColour(accent)) return 'Of the button to pay and of what is chosen. Empty: ours.';
  const { light, dark } = facesOf(accent);
  const on = light.on === '#000000' ? 'black' : 'white';
  const inTheDark =
    dark.accent === accent ? '' : ` In the dark it is shown as ${dark.accent}, to be seen there.`;
  return `Text on it is ${on}.${inTheDark}`;
}
