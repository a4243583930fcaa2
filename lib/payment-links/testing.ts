import type { CardTicket } from '@/core/card-ticket';
import type { CardFacts, GatewayResult } from '@/core/payment-attempt';
import { setClock } from '@/db/testing';
import type { PaymentLink } from '../contracts/payment-links';
import { openPayPage, type PayPage } from '../pay-page';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import type { TestHouse } from '../testing';
import { createPaymentLink, listLinkEvents, readPaymentLink } from './index';

export const VISA: CardFacts = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
export const DECLINED: GatewayResult = { kind: 'declined', declineCode: 'do_not_honor', card: VISA };
export const DAY = 86_400;

export const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

type Agreed = Pick<CardTicket, 'attempt' | 'amountMinor' | 'currency'>;
type Told = {
  type: string;
  sequence: number;
  data: Partial<PaymentLink>;
  previous: Record<string, unknown>;
};

/** What links are for, as tests tell it: issued, opened, tried, paid and locked at one house. */
export class LinkTales {
  constructor(readonly house: () => TestHouse) {}

  async issued(more: object = {}): Promise<PaymentLink> {
    const outcome = await createPaymentLink(this.house().as('agent'), {
      amountMinor: 1240,
      currency: 'GBP',
      description: 'Order 7',
      customer: { email: 'ada@example.test', phone: '+44 7700 900123' },
      ...more,
    });
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  }

  async read(id: string): Promise<PaymentLink> {
    const outcome = await readPaymentLink(this.house().as('viewer'), id);
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value;
  }

  async page(url: string): Promise<PayPage> {
    const opened = await openPayPage(this.house().services, tokenOf(url));
    if (opened.kind !== 'page') throw new Error(opened.kind);
    return opened.page;
  }

  stateOf = async (url: string): Promise<string> => (await this.page(url)).state;

  async events(link: string): Promise<Told[]> {
    const page = await listLinkEvents(this.house().as('viewer'), link, { limit: '100' });
    if (!page.ok) throw new Error(page.error.code);
    return page.value.data as Told[];
  }

  typesOf = async (link: string): Promise<string[]> => (await this.events(link)).map((event) => event.type);

  /** Presses Pay; throws the refusal's code. */
  async started(link: string, amountMinor?: number): Promise<CardTicket> {
    const started = await startPaymentAttempt(this.house().as('payer'), link, { amountMinor });
    if (!started.ok) throw new Error(started.error.code);
    return started.value;
  }

  submit = ({ attempt, amountMinor, currency }: Agreed, card = VISA) =>
    submitPaymentAttempt(this.house().as('payer'), { attempt, amountMinor, currency, card });

  /** Presses Pay and has the card sent; throws the refusal's code. */
  async submitted(link: string, card = VISA, amountMinor?: number): Promise<CardTicket> {
    const ticket = await this.started(link, amountMinor);
    const outcome = await this.submit(ticket, card);
    if (!outcome.ok) throw new Error(outcome.error.code);
    return ticket;
  }

  answer = ({ attempt, amountMinor, currency }: Agreed, result: GatewayResult) =>
    recordAttemptResult(this.house().as('payer'), { attempt, amountMinor, currency, result });

  async pay(link: string, amountMinor?: number): Promise<void> {
    const ticket = await this.submitted(link, VISA, amountMinor);
    const outcome = await this.answer(ticket, paidBy(ticket.attempt));
    if (!outcome.ok) throw new Error(outcome.error.code);
  }

  /** Declined until the link is locked; takes 50 seconds from `from` on. */
  async lock(link: string, from = 0): Promise<void> {
    for (let i = 0; i < 5; i++) {
      await setClock(this.house().services.db, from + i * 10);
      await this.answer(await this.submitted(link), DECLINED);
    }
  }
}

export const paidBy = (attempt: string): GatewayResult => ({
  kind: 'authorized',
  captured: true,
  gatewayReference: `gw_${attempt.slice(-8)}`,
  card: VISA,
});
