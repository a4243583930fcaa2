import { expect, test } from 'vitest';
import { difference, plain } from './call';

const NOT_FOUND = 'NEXT_HTTP_ERROR_FALLBACK;404';
const wait = '<p role="status">Loading</p><!--/$-->';
const early = (digest: string) => `<main><!--$!--><template data-dgst="${digest}"></template>${wait}</main>`;
const late = (digest: string, inside = '<template id="P:1"></template><!--$--><!--/$-->') =>
  `<main><!--$?--><template id="B:0"></template>${wait}</main><div hidden id="S:0">${inside}</div><script nonce="a">$RX=function(b,c){};$RX("B:0","${digest}")</script>`;
const of = (body: string) => plain({ status: 200, body, verdict: 'not found' } as never, new Set());

test('a page that is not there is the same answer, whether its error is written in its place or at the end', () => {
  expect(of(late(NOT_FOUND))).toBe(of(early(NOT_FOUND)));
});

test('another error, or anything told besides, is another answer', () => {
  const [usual, other] = [of(early(NOT_FOUND)), 'NEXT_HTTP_ERROR_FALLBACK;403'];
  for (const told of [early(other), late(other), late(NOT_FOUND, '<p>theirs</p>')])
    expect(of(told)).not.toBe(usual);
  expect(difference(of(late(NOT_FOUND, '<p>theirs</p>')), usual)).toContain('p>theirs');
});
