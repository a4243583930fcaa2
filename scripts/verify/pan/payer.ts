/** What payers do in a browser, each with a fresh card of its own. */
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { mistyped } from '../scan/canary';
import type { Card } from '../scan/spellings';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { House } from './house';

const form = (page: Page) => page.frameLocator('#card-frame');
const bank = (page: Page) => form(page).frameLocator('iframe');
const SHORT = { timeout: 20_000 };

const shows = (page: Page, state: string) =>
  expect(page.locator('main')).toHaveAttribute('data-state', state, { timeout: 45_000 });

async function type(page: Page, card: Card): Promise<void> {
  await form(page).getByLabel('Card number').pressSequentially(card.number);
  await form(page)
    .getByLabel('Expiry date')
    .pressSequentially(card.month + card.year.slice(2));
  await form(page).getByLabel('Security code').pressSequentially(card.csc);
  await form(page).getByLabel('Name on card').fill(card.name);
}

async function pay(page: Page, card: Card): Promise<void> {
  await type(page, card);
  await form(page).getByRole('button', { name: /^Pay/ }).click();
}

const says = (page: Page, text: string) => expect(form(page).getByText(text).first()).toBeVisible(SHORT);

type Flow = {
  name: string;
  prefix?: string;
  length?: number;
  change?: (card: Card) => Card;
  before?: (house: House, link: string) => Promise<unknown>;
  act: (page: Page, card: Card) => Promise<void>;
};

const paid = async (page: Page, card: Card) => {
  await pay(page, card);
  await shows(page, 'paid');
};

const loseAnswer = (house: House, link: string) =>
  house.control('POST', 'faults', {
    target: 'gateway',
    operation: 'authorize',
    kind: 'reset_after',
    match: { paymentLink: link },
  });

const FLOWS: Flow[] = [
  { name: 'approved, Visa', act: paid },
  { name: 'approved, Mastercard', prefix: '520082', act: paid },
  { name: 'approved, American Express', prefix: '371449', length: 15, act: paid },
  { name: 'approved, 19 digits', prefix: '601100', length: 19, act: paid },
  {
    name: 'declined',
    prefix: '400000000',
    act: async (page, card) => {
      await pay(page, card);
      await says(page, 'The card was declined. Nothing was charged.');
    },
  },
  {
    name: 'bank check accepted',
    prefix: '400000250',
    act: async (page, card) => {
      await pay(page, card);
      await bank(page).getByRole('button', { name: 'Accept' }).click(SHORT);
      await shows(page, 'paid');
    },
  },
  {
    name: 'bank check refused',
    prefix: '400000250',
    act: async (page, card) => {
      await pay(page, card);
      await bank(page).getByRole('button', { name: 'Refuse' }).click(SHORT);
      await says(page, 'Your bank did not confirm that it was you.');
    },
  },
  {
    name: 'bank check left alone',
    prefix: '400000276',
    act: async (page, card) => {
      await pay(page, card);
      await expect(bank(page).getByRole('button', { name: 'Accept' })).toBeVisible(SHORT);
    },
  },
  { name: 'unknown outcome, found out later', before: loseAnswer, act: paid },
  {
    name: 'wrong check digit',
    change: mistyped,
    act: async (page, card) => {
      await pay(page, card);
      await says(page, 'This card number is not right. Check the digits.');
    },
  },
  {
    name: 'expired card',
    change: (card) => ({ ...card, year: '2020' }),
    act: async (page, card) => {
      await pay(page, card);
      await says(page, 'This card has expired. Use another card.');
    },
  },
  {
    name: 'the number typed as the name on the card',
    change: (card) => ({ ...card, name: card.number }),
    act: async (page, card) => {
      await pay(page, card);
      await says(page, 'Enter the name');
    },
  },
  {
    name: 'typed, then reloaded and left',
    act: async (page, card) => {
      await type(page, card);
      await page.reload();
      await page.goBack().catch(() => null);
    },
  },
];

/** Every flow, three at a time, in one browser whose profile is scanned later. The pages are left open. */
export async function payerFlows(
  context: BrowserContext,
  house: House,
  cards: Cards,
  checks: Checks,
): Promise<string[]> {
  const waiting = [...FLOWS];
  const links: string[] = [];
  const worker = async () => {
    for (let flow = waiting.shift(); flow; flow = waiting.shift()) {
      const { name, prefix, length, change, before, act } = flow;
      await checks.act(`payer: ${name}`, async () => {
        const fresh = cards.take(name, 'form', prefix, length);
        const card = change ? cards.add(`${name}, as typed`, 'form', change(fresh)) : fresh;
        const link = await house.issue({ customer: { name: 'Ada Lovelace', email: 'ada@example.com' } });
        links.push(link.id);
        await before?.(house, link.id);
        const page = await context.newPage();
        await page.goto(link.url);
        await act(page, card);
      });
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return links;
}
