/** Messages to customers to which a merchant may add a sentence of its own, in each language. */
export const SENTENCE_KINDS = ['request', 'reminder', 'receipt'] as const;
export type SentenceKind = (typeof SENTENCE_KINDS)[number];

/** What a sentence may name of its link, in braces. */
export const PLACEHOLDERS = ['customer', 'reference'] as const;
export type Placeholders = Record<(typeof PLACEHOLDERS)[number], string | null>;

export const MOST_SENTENCE = 140;

const PLACEHOLDER = /\{(\w+)\}/g;
/** An address, or what telephones and mail programs make one of: only ours may stand in a message. */
const ADDRESS = /:\/\/|www\.|@|[\p{L}\p{N}]\.\p{L}{2,}|\d{5,}/iu;

/** What is wrong with a sentence; null where nothing is. */
export function faultOf(text: string): string | null {
  const rest = text.replace(PLACEHOLDER, (whole, name) =>
    PLACEHOLDERS.some((known) => known === name) ? '' : whole,
  );
  if (/[{}]/.test(rest))
    return `may only have ${PLACEHOLDERS.map((name) => `{${name}}`).join(' and ')} in braces`;
  if (ADDRESS.test(rest))
    return 'must not have an address or a telephone number in it: customers must only find ours';
  return null;
}

/** The sentence for one link; null where it names something that the link does not have. */
export function fillSentence(text: string, values: Placeholders): string | null {
  const has = Object.entries(values).every(([name, value]) => value || !text.includes(`{${name}}`));
  if (!has) return null;
  return text.replace(PLACEHOLDER, (_, name) => values[name as keyof Placeholders] ?? '');
}
