import { createContext, createElement, Fragment, memo, type ReactNode, Suspense, useState } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { htmlOf } from './html-of';

const el = (type: string, props: Record<string, unknown> = {}, ...children: ReactNode[]): ReactNode =>
  createElement(type, props, ...children);

test('texts beside each other are kept apart, and what could be markup is none', () => {
  const texts = el('p', { title: 'a"b' }, 'one ', 2, createElement(Fragment, null, '', '<3'), null, false);
  const rows = [
    texts,
    el('td', { 'aria-hidden': true, 'data-at': 0, id: undefined, onClick: () => {} }, '&'),
  ];
  for (const node of [texts, rows]) expect(htmlOf(node)).toBe(renderToString(node));
});

test('a component with a hook fails outside of a render', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const Hooked = (): ReactNode => useState('x')[0];
  expect(() => htmlOf(createElement(Hooked))).toThrow();
  vi.restoreAllMocks();
});

const Context = createContext('');
const Memo = memo(() => null);
const child = (what: unknown): ReactNode => el('p', {}, what as ReactNode);
test.each<[string, ReactNode]>([
  ['<script>', el('script')],
  ['<textarea>', el('textarea', { defaultValue: 'x' })],
  ['<img>', el('img', { src: '/x' })],
  ['style', el('p', { style: { color: 'red' } })],
  ['dangerouslySetInnerHTML', el('p', { dangerouslySetInnerHTML: { __html: '<b>' } })],
  ['defaultChecked', el('input', { type: 'checkbox', defaultChecked: true })],
  ['defaultValue', el('input', { defaultValue: 'x' })],
  ['formAction', el('button', { formAction: () => {} })],
  ['a name that ends the element', el('p', { 'data-x><script': 'x' })],
  ['onclick', el('p', { onclick: 'x' })],
  ['onClick', el('p', { onClick: 'x' })],
  ['a flag title', el('p', { title: true })],
  ['an object as title', el('p', { title: {} })],
  ['a symbol as id', el('p', { id: Symbol('x') })],
  ['leads away', el('a', { href: 'javascript:alert(1)' })],
  ['leads away', el('a', { href: '\tjavascript:alert(1)' })],
  ['leads away', el('a', { href: '//evil.example' })],
  ['leads away', el('a', { href: '/\t/evil.example' })],
  ['a function as a child', child(() => 'x')],
  ['a symbol as a child', child(Symbol('x'))],
  ['an object as a child', child(Promise.resolve('x'))],
  ['no plain component', createElement(Context.Provider, { key: 1, value: 'x' })],
  ['no plain component', createElement(Memo, { key: 1 })],
  ['no plain component', createElement(Suspense, { key: 1 })],
])('%s is refused', (what, node) => {
  expect(() => htmlOf(node)).toThrow(what.startsWith('a name') ? 'rows are not written with' : what);
});
