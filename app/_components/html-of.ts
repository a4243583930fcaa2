import { Fragment, isValidElement, type ReactNode } from 'react';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};
const RISKY = /[&<>"']/;
const escaped = (text: string): string =>
  RISKY.test(text) ? text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char) : text;

/** What rows are made of. How React writes anything else, by rules of its own for many of them, is not known here. */
const ELEMENTS = new Set('tr td label input a p span time button div svg path rect circle'.split(' '));
const EMPTY = new Set(['input']);
const NAMES = new Map([
  ...'id type title href dateTime viewBox d x y width height rx cx cy r fill popover popoverTarget checked'
    .split(' ')
    .map((name) => [name, name] as const),
  ...([
    ['className', 'class'],
    ['strokeWidth', 'stroke-width'],
  ] as const),
]);
const WORD = /^(?:aria|data)-[a-z-]+$/;
/** Within the portal: no scheme, so no `javascript:`. */
const PATH = /^\/(?![/\\])\S*$/;

type Props = Record<string, unknown> & { children?: ReactNode };
/** `endsInText`: a text that follows is kept apart, as the browser would read both as one. */
type Written = { html: string; endsInText: boolean };

const refuse = (what: string): never => {
  throw new Error(`rows are not written with ${what}`);
};

const kindOf = (value: unknown): string => `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;

/** An attribute with the space before it; nothing where the value says that it is not there. */
function attribute(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  const written = NAMES.get(name) ?? (WORD.test(name) ? name : refuse(name));
  if (typeof value === 'boolean') {
    // What React does with a flag depends on its name.
    if (WORD.test(name)) return ` ${written}="${value}"`;
    return name === 'checked' ? (value ? ' checked=""' : '') : refuse(`a flag ${name}`);
  }
  if (typeof value !== 'string' && typeof value !== 'number') return refuse(`${kindOf(value)} as ${name}`);
  if (name === 'href' && !PATH.test(String(value))) return refuse('a link that leads away');
  return ` ${written}="${typeof value === 'string' ? escaped(value) : value}"`;
}

/** Handlers are the browser's, and on this side nothing differs from what the browser will draw. */
const isLeftOut = (name: string, value: unknown): boolean =>
  name === 'children' ||
  name === 'ref' ||
  name === 'suppressHydrationWarning' ||
  (typeof value === 'function' && /^on[A-Z]/.test(name));

function attributesOf(props: Props): string {
  let text = '';
  for (const name of Object.keys(props))
    if (!isLeftOut(name, props[name])) text += attribute(name, props[name]);
  return text;
}

function write(out: Written, node: ReactNode): void {
  if (node === null || node === undefined || typeof node === 'boolean' || node === '') return;
  if (typeof node === 'string' || typeof node === 'number') {
    out.html += `${out.endsInText ? '<!-- -->' : ''}${escaped(String(node))}`;
    out.endsInText = true;
  } else if (Array.isArray(node)) for (const one of node) write(out, one);
  else if (isValidElement<Props>(node)) writeElement(out, node.type, node.props);
  else refuse(`${kindOf(node)} as a child`);
}

function writeElement(out: Written, type: unknown, props: Props): void {
  if (type === Fragment) write(out, props.children);
  else if (typeof type === 'function') write(out, (type as (given: Props) => ReactNode)(props));
  else if (typeof type === 'string' && ELEMENTS.has(type)) {
    const isEmpty = EMPTY.has(type);
    out.html += `<${type}${attributesOf(props)}${isEmpty ? '/>' : '>'}`;
    out.endsInText = false;
    write(out, props.children);
    if (!isEmpty) out.html += `</${type}>`;
    out.endsInText = false;
  } else refuse(typeof type === 'string' ? `<${type}>` : 'what is no plain component');
}

/**
 * The HTML of elements that have neither state nor effects, which React takes up in the browser as if it had drawn it: it is what
 * its own renderer writes, at a small part of the time. Throws at each element, attribute and
 * child that it does not know. A hook cannot be told within React's own render: a test writes the rows outside of one, where it throws.
 */
export function htmlOf(node: ReactNode): string {
  const out: Written = { html: '', endsInText: false };
  write(out, node);
  return out.html;
}
