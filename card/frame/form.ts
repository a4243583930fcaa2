import { BRAND_NAMES, brandOf, cscLengthOf } from '@/core/card-rules';
import {
  digitsOf,
  editExpiry,
  editNumber,
  FIELD_NAMES,
  type FieldName,
  parseExpiry,
  problemOf,
  showExpiry,
  type Typed,
} from './fields';
import type { FrameText, FrameTexts } from './texts';

/** The element with this id; the page is ours, so a missing one is a bug. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`no ${id}`);
  return element;
}

export type CardForm = {
  typed: () => Typed;
  /** Marks every wrong field and goes to the first; true when there is none. */
  check: () => boolean;
  clear: (...fields: readonly FieldName[]) => void;
  focus: (field: FieldName) => void;
  setReadOnly: (readOnly: boolean) => void;
  mark: (field: FieldName, problem: FrameText | null) => void;
};

/** What browsers fill each field with, while it is empty. */
const FILLED_BY: Record<FieldName, AutoFill> = {
  number: 'cc-number',
  expiry: 'cc-exp',
  csc: 'cc-csc',
  name: 'cc-name',
};

const input = (field: FieldName) => byId(field, HTMLInputElement);

const typed = (): Typed => ({
  number: input('number').value,
  expiry: input('expiry').value,
  csc: input('csc').value,
  name: input('name').value,
});

function put(box: HTMLInputElement, text: string): void {
  if (box.value !== text) box.value = text;
}

/** Browsers write what fields hold into the profile, to restore the page one day: not what these hold. */
function keepOffDisk(field: FieldName): void {
  const box = input(field);
  const wanted = box.value ? 'off' : FILLED_BY[field];
  if (box.autocomplete !== wanted) box.autocomplete = wanted;
}

function showBrand(digits: string, texts: FrameTexts): void {
  const brand = brandOf(digits);
  const output = byId('brand-name', HTMLOutputElement);
  const name = brand ? BRAND_NAMES[brand] : '';
  if (output.value !== name) output.value = name;
  const help = cscLengthOf(digits) === 4 ? 'frame.csc_help_amex' : 'frame.csc_help';
  byId('csc-hint', HTMLElement).textContent = texts[help];
}

/** Brings a field into its form after each edit, the caret staying where it was meant. */
function tidier(texts: FrameTexts): (field: FieldName, inputType: string) => void {
  let digitsBefore = '';
  return (field, inputType) => {
    const box = input(field);
    const caret = box.selectionStart ?? box.value.length;
    if (field === 'number') {
      const edit = editNumber({ text: box.value, caret }, digitsBefore, inputType);
      digitsBefore = digitsOf(edit.text);
      put(box, edit.text);
      if (document.activeElement === box) box.setSelectionRange(edit.caret, edit.caret);
      showBrand(digitsBefore, texts);
    } else if (field === 'expiry' && caret === box.value.length) {
      put(box, editExpiry(box.value, inputType));
    } else if (field === 'csc') {
      put(box, digitsOf(box.value));
    }
  };
}

/** The four fields: grouping, brand, and errors next to them as they are left. `say` is heard by screen readers. */
export function cardForm(texts: FrameTexts, say: (text: string) => void): CardForm {
  const tidy = tidier(texts);

  function mark(field: FieldName, problem: FrameText | null): void {
    if (problem) input(field).setAttribute('aria-invalid', 'true');
    else input(field).removeAttribute('aria-invalid');
    byId(`${field}-error`, HTMLElement).textContent = problem ? texts[problem] : '';
  }

  function leave(field: FieldName): void {
    const now = typed();
    const expiry = field === 'expiry' ? parseExpiry(now.expiry) : null;
    if (expiry) put(input('expiry'), showExpiry(expiry));
    if (!now[field].trim() || input(field).readOnly) return;
    const problem = problemOf(field, now, new Date());
    mark(field, problem);
    if (problem) say(texts[problem]);
  }

  for (const field of FIELD_NAMES) {
    input(field).addEventListener('input', (event) => {
      tidy(field, event instanceof InputEvent ? event.inputType : '');
      keepOffDisk(field);
      mark(field, null);
    });
    input(field).addEventListener('blur', () => leave(field));
    if (input(field).value) tidy(field, '');
    keepOffDisk(field);
  }

  return {
    typed,
    mark,
    check() {
      const problems = FIELD_NAMES.map((field) => problemOf(field, typed(), new Date()));
      for (const [i, field] of FIELD_NAMES.entries()) mark(field, problems[i] ?? null);
      const wrong = FIELD_NAMES.find((_, i) => problems[i]);
      if (wrong) input(wrong).focus();
      return !wrong;
    },
    clear(...fields) {
      for (const field of fields) {
        input(field).value = '';
        mark(field, null);
        if (field === 'number') tidy('number', '');
        keepOffDisk(field);
      }
    },
    focus: (field) => input(field).focus(),
    setReadOnly(readOnly) {
      for (const field of FIELD_NAMES) input(field).readOnly = readOnly;
    },
  };
}
