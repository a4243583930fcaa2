import { formatMoney, parseAmount } from '@/core/money';

function takeFocus(box: HTMLInputElement): void {
  window.focus();
  box.focus();
}

/** The field for what is paid now, where the page has one. */
export type AmountField = {
  /** What was typed, in minor units; null when it is no amount that can be paid here, which is then said beside it. */
  read: () => number | null;
  /** The whole text of the Pay button. */
  payLabel: () => string;
  setReadOnly: (readOnly: boolean) => void;
  /** The sentence for the card form when the amount is wrong. */
  check: string;
};

export function amountField(locale: string, onChange: () => void): AmountField | null {
  const input = document.querySelector<HTMLInputElement>('#amount');
  const error = document.querySelector<HTMLElement>('#amount-error');
  if (!input || !error) return null;
  const box = input;
  const {
    currency = '',
    min,
    max,
    pay = '',
    bare = '',
    check = '',
    wrong = '',
    low = '',
    high = '',
  } = box.dataset;

  /** The amount, or why it is none. */
  function judge(): number | string {
    const minor = parseAmount(box.value, currency);
    if (minor === null) return wrong;
    if (minor < Number(min)) return low;
    return minor > Number(max) ? high : minor;
  }

  function mark(problem: string): void {
    if (problem) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
    if (error) error.textContent = problem;
  }

  box.addEventListener('input', () => {
    mark('');
    onChange();
  });
  box.addEventListener('change', () => {
    const judged = judge();
    mark(typeof judged === 'string' ? judged : '');
  });
  return {
    check,
    read() {
      const judged = judge();
      mark(typeof judged === 'string' ? judged : '');
      if (typeof judged === 'number') return judged;
      // The card form's frame holds the focus: the window must take it back before the field can have it.
      takeFocus(box);
      // The browser may still be moving the focus into the frame that was pressed.
      setTimeout(() => document.activeElement === box || takeFocus(box), 200);
      return null;
    },
    payLabel() {
      const judged = judge();
      if (typeof judged === 'string') return bare;
      return pay.replace('%', formatMoney({ amountMinor: judged, currency }, locale));
    },
    setReadOnly(readOnly) {
      box.readOnly = readOnly;
    },
  };
}
