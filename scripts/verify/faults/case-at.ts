import { type Bench, Case } from './case';
import { type Column, isKeypad, isRefund } from './columns';
import { KeypadCase } from './keypad-case';
import { RefundCase } from './refund-case';

/** A payment, one that is keyed, or a refund, for this cell; not begun yet. */
export function caseAt(bench: Bench, row: string, column: Column): Case {
  if (isRefund(column)) return new RefundCase(bench, row, column);
  return isKeypad(column) ? new KeypadCase(bench, row, column) : new Case(bench, row, column);
}
