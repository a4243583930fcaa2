/**
 * What can be done without the mouse: Alt (Option) and a key, chosen so that no browser or screen reader has it. Each is a button
 * on the screen too.
 */
export const KEYS = {
  payment: { key: 'P', does: 'New payment' },
  lookUp: { key: 'R', does: 'Look the reference up' },
  keypad: { key: 'K', does: 'Keypad: choose it, or take this payment by it' },
  link: { key: 'L', does: 'Link: choose it, or send it' },
  card_number: { key: 'N', does: 'Ask for the card number again' },
  expiry: { key: 'Y', does: 'Ask for the expiry date again' },
  security_code: { key: 'C', does: 'Ask for the security code again' },
  submit: { key: 'Enter', does: 'Take the payment' },
  cancel: { key: 'X', does: 'Cancel the payment' },
} as const;
export type KeyName = keyof typeof KEYS;

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;
const NAMES = Object.keys(KEYS) as KeyName[];

/**
 * Which of them was pressed. While text is typed a key that makes a letter with Alt is that letter, as on a Mac or a Polish
 * keyboard.
 */
export function keyPressed(event: Pressed, isTyping: boolean): KeyName | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const isPlain = event.key === 'Enter' || /^[a-z]$/i.test(event.key);
  if (isTyping && !isPlain) return null;
  const pressed = isPlain ? event.key : event.code.replace(/^Key/, '');
  return NAMES.find((one) => KEYS[one].key.toLowerCase() === pressed.toLowerCase()) ?? null;
}

/** As assistive technology reads it (WAI-ARIA 1.2, aria-keyshortcuts). */
export const ariaKey = (name: KeyName): string => `Alt+${KEYS[name].key}`;
