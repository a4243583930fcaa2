import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { type ComponentProps, createElement, type ReactElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { htmlOf } from '@/app/_components/html-of';
import { USUAL_LOOK } from '@/core/list-look';
import type { DeskLink } from '@/lib/payment-links';
import { useRowActs } from '../admin/(list)/row-acts';
import { Providers } from '../providers';
import { LinkTable } from './link-table';
import type { Selection } from './selection';

const SELECTION: Selection = {
  ...{ chosen: [], all: false, has: (id) => id.endsWith('2') },
  ...{ toggle: () => {}, toggleShown: () => {}, chooseAll: () => {}, clear: () => {} },
};
const link = (id: string, more: Partial<DeskLink>): DeskLink => ({
  ...{ id, url: 'https://pay.example/pay/x', status: 'active', livemode: false, amountMinor: 1240 },
  ...{ currency: 'GBP', amountType: 'fixed', capturedMinor: 0, refundedMinor: 0, disputedMinor: 0 },
  ...{ description: null, reference: null, profile: 'prof_1', phrase: 'amber river', paidAt: null },
  ...{ createdAt: '2026-11-24T14:05:00Z', expiresAt: '2026-11-27T14:05:00Z', canceledAt: null },
  ...{ customer: { name: null, email: null, phone: null }, createdBy: { name: 'Ada' } },
  ...{ underWay: null, refundingMinor: 0, asksAnew: false },
  ...more,
});
const LINKS = [
  link('plink_1', {}),
  link('plink_2', {
    ...{ amountMinor: null, amountType: 'open', reference: '<b>"A" & \'B\'</b>', description: '&amp;' },
    customer: { name: 'Zoë <script>', email: 'zoe@example.test', phone: null },
  }),
  link('plink_3', { status: 'processing', underWay: 'unknown', currency: 'JPY', reference: '\u2066x' }),
  link('plink_4', { status: 'partially_paid', amountType: 'partial', capturedMinor: 40, description: 'x' }),
  link('plink_5', { status: 'paid', paidAt: '2026-11-25T00:00:00Z', refundingMinor: 5 }),
];

type Table = ReactElement<{ children: ReactElement<{ children: ReactNode }>[] }>;
/** The rows as they were last drawn, before anybody wrote them. */
let rows: ReactNode;
function List(look: typeof USUAL_LOOK): ReactNode {
  const { acts } = useRowActs('Europe/London');
  const table = LinkTable({ links: LINKS, zone: 'Europe/London', look, selection: SELECTION, acts }) as Table;
  rows = table.props.children[1]?.props.children;
  return table;
}
const ROUTER = { push: () => {} } as unknown as ComponentProps<typeof AppRouterContext.Provider>['value'];
const drawn = (look: typeof USUAL_LOOK): string => {
  const list = createElement(Providers, null, createElement(List, look));
  return renderToString(createElement(AppRouterContext.Provider, { value: ROUTER }, list));
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('the rows of the list that the server writes are to the letter what React would have drawn', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
  for (const look of [USUAL_LOOK, { ...USUAL_LOOK, dense: true, hidden: ['customer' as const] }]) {
    const written = drawn(look);
    vi.stubGlobal('window', globalThis);
    const byReact = drawn(look);
    vi.unstubAllGlobals();
    expect(written).toContain('in 50 hours');
    expect(written).toBe(byReact);
  }
});

test('rows have no hooks: they are written outside of a render to the letter as within', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
  const within = drawn(USUAL_LOOK);
  expect(within).toContain(
    `<tbody class="cards:grid cards:gap-3 md:cards:grid-cols-2">${htmlOf(rows)}</tbody>`,
  );
  expect(htmlOf(rows).match(/<tr /g)).toHaveLength(LINKS.length);
});
