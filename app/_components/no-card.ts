import type { FormEvent } from 'react';
import { holdsCardNumber } from '@/core/card-rules';

export const NO_CARD = 'This holds a card number. Card numbers must never be typed here: remove it.';

/**
 * For `onInput` of a field whose content the browser would keep once its form was sent: with a card number in it the form
 * is not valid, so no submission begins.
 */
export function refuseCard({ currentTarget }: FormEvent<HTMLInputElement | HTMLTextAreaElement>): void {
  currentTarget.setCustomValidity(holdsCardNumber(currentTarget.value) ? NO_CARD : '');
}
