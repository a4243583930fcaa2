/** The moments of a payment and of a refund at which a fault is tried, and the letters of what may come of it. */
import type { Point } from './points';
import type { Act } from './switchboard';
import { inWords } from './words';

/** Between the steps of a payment: docs/architecture.md, "The money path". */
export const COLUMNS = ['S0–S1', 'S1–S2', 'S2–S3', 'S3–S4', 'S4–S5', 'S5–S6', 'S6–S7'] as const;
/** Between the steps of a refund: asked, committed, asked of the gateway, given there, committed, told. */
export const REFUND_COLUMNS = ['R0–R1', 'R1–R2', 'R2–R3', 'R3–R4', 'R4–R5'] as const;
/** Those of a payment whose card is keyed on the telephone: the agent presses, and everything after that is the same. */
export const KEYPAD_COLUMNS = ['K0–K1', 'K1–K2', 'K2–K3', 'K3–K4', 'K4–K5', 'K5–K6', 'K6–K7'] as const;
export type PaymentColumn = (typeof COLUMNS)[number];
export type RefundColumn = (typeof REFUND_COLUMNS)[number];
export type KeypadColumn = (typeof KEYPAD_COLUMNS)[number];
export type Column = PaymentColumn | RefundColumn | KeypadColumn;

export const isKeypad = (column: Column): column is KeypadColumn => column.startsWith('K');

/** The step that a column stands for, however the card is given. */
export const stepOf = (column: Column): PaymentColumn | RefundColumn =>
  isKeypad(column) ? (column.replaceAll('K', 'S') as PaymentColumn) : column;

export const isRefund = (column: Column): column is RefundColumn =>
  (REFUND_COLUMNS as readonly Column[]).includes(column);

/** The letters of docs/faults.md. What was never promised is `broken`, with the reason. */
export type Outcome = 'A' | 'B' | 'C→B' | 'C→D' | 'D' | 'E' | 'F' | 'G' | `broken: ${string}`;

/** The moment in each interval at which a payment or a refund is held. */
export const HELD_AT: Record<Column, Point> = {
  'S0–S1': 'attempts.asked',
  'S1–S2': 'submit.asked',
  'S2–S3': 'gateway.asked',
  'S3–S4': 'gateway.answered',
  'S4–S5': 'result.asked',
  'S5–S6': 'result.answered',
  'S6–S7': 'webhook.asked',
  'R0–R1': 'refund.asked',
  'R1–R2': 'refund.answered',
  'R2–R3': 'giveBack.asked',
  'R3–R4': 'giveBack.answered',
  'R4–R5': 'webhook.asked',
  'K0–K1': 'press.asked',
  'K1–K2': 'submit.asked',
  'K2–K3': 'gateway.asked',
  'K3–K4': 'gateway.answered',
  'K4–K5': 'result.asked',
  'K5–K6': 'result.answered',
  'K6–K7': 'webhook.asked',
};

/** What a row drives to a column, holds there, lets go and judges. */
export interface Held {
  readonly column: Column;
  drive(): Promise<unknown>;
  release(act?: Act): void;
  judge(): Promise<Outcome>;
}

/** What came, or will come, of one cell. */
export type Judged = { column: Column; variant: string; outcome: Promise<Outcome> };

export const broken = (error: unknown): Outcome => `broken: ${inWords(error)}`;

export const judged = (column: Column, outcome: Promise<Outcome>, variant = ''): Judged => ({
  column,
  variant,
  outcome: outcome.catch(broken),
});
