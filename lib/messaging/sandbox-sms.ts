import * as z from 'zod';
import type { SendResult, SmsProvider } from './port';

const BUDGET_MS = 10_000;
const answer = z.object({ id: z.string().max(100) });

/** The sandbox's SMS provider over HTTP, as any provider: `url` is its base address, `key` its bearer. */
export function sandboxSms(url: string, key: string): SmsProvider {
  return {
    async send(sms): Promise<SendResult> {
      try {
        const response = await fetch(`${url}/messages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(sms),
          redirect: 'error',
          signal: AbortSignal.timeout(BUDGET_MS),
        });
        const body: unknown = await response.json().catch(() => null);
        if (response.ok) return { kind: 'accepted', ...answer.safeParse(body).data };
        const reason = `the SMS provider answered ${response.status}`;
        return { kind: [400, 404, 410, 422].includes(response.status) ? 'rejected' : 'retry', reason };
      } catch (error) {
        const why = error instanceof Error ? error.name : 'unknown';
        return { kind: 'retry', reason: `the SMS provider gave no answer (${why})` };
      }
    },
  };
}
