import type { Tone } from '@/app/_components/badge';
import type { ApiKey } from '@/lib/contracts/api-clients';

/** "payment_links:read" as "Read payment links". */
export function scopeText(scope: string): string {
  const [noun = '', verb = ''] = scope.split(':');
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${noun.replaceAll('_', ' ')}`.replace(
    ' api ',
    ' API ',
  );
}

export const STATES: Record<ApiKey['state'], { label: string; tone: Tone }> = {
  active: { label: 'Works', tone: 'ok' },
  expired: { label: 'Ended', tone: 'plain' },
  revoked: { label: 'Revoked', tone: 'plain' },
};

/** How a status of HTTP reads at a glance. */
export const toneOf = (status: number): Tone => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'ok');
