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

const NAMES: Record<string, string> = { className: 'class', htmlFor: 'for', strokeWidth: 'stroke-width' };
const EMPTY = new Set(['input', 'br', 'img', 'hr']);

type Props = Record<string, unknown> & { children?: ReactNode };
/** `endsInText`: a text that follows is kept apart, as the browser would read both as one. */
type Written = { html: string; endsInText: boolean };

/** What an attribute is written as; null where it is not. What React does with a flag depends on its name. */
function writtenAs(name: string, value: unknown): string | null {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  const isWord = name.startsWith('aria-') || name.startsWith('data-');
  if (typeof value === 'boolean') return isWord ? String(value) : value ? '' : null;
  if (typeof value !== 'object' || value === null) return null;
  throw new Error(`${name} is no text`);
}

function attributesOf(props: Props): string {
  let text = '';
  for (const name of Object.keys(props)) {
    if (name === 'children' || name === 'ref' || name === 'suppressHydrationWarning') continue;
    const value = writtenAs(name, props[name]);
    if (value !== null) text += ` ${NAMES[name] ?? name}="${value}"`;
  }
  return text;
}

function write(out: Written, node: ReactNode): void {
  if (node === null || node === undefined || typeof node === 'boolean' || node === '') return;
  if (typeof node !== 'object') {
    out.html += `${out.endsInText ? '<!-- -->' : ''}${escaped(String(node))}`;
    out.endsInText = true;
  } else if (Array.isArray(node)) for (const one of node) write(out, one);
  else if (isValidElement<Props>(node)) writeElement(out, node.type, node.props);
  else throw new Error('only elements and texts are written');
}

function writeElement(out: Written, type: unknown, props: Props): void {
  if (type === Fragment) write(out, props.children);
  else if (typeof type === 'function') write(out, (type as (given: Props) => ReactNode)(props));
  else if (typeof type === 'string') {
    const isEmpty = EMPTY.has(type);
    out.html += `<${type}${attributesOf(props)}${isEmpty ? '/>' : '>'}`;
    out.endsInText = false;
    write(out, props.children);
    if (!isEmpty) out.html += `</${type}>`;
    out.endsInText = false;
  } else throw new Error('only elements without a state are written');
}

/**
 * The HTML of elements that have neither state nor effects, which React takes up in the browser as if it had drawn it: it is what
 * its own renderer writes, at a small part of the time. Throws where something is in it that it does not know.
 */
export function htmlOf(node: ReactNode): string {
  const out: Written = { html: '', endsInText: false };
  write(out, node);
  return out.html;
}
