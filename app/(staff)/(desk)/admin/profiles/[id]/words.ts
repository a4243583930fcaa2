import type { WriteBackEnd } from '@/core/crm';

export const END_WORDS: Record<WriteBackEnd, string> = {
  'payment_attempt.succeeded': 'paid',
  'payment_attempt.declined': 'declined',
  'payment_attempt.failed': 'failed',
  'payment_attempt.abandoned': 'abandoned',
  'payment_link.expired': 'link expired',
  'payment_link.canceled': 'link canceled',
};
