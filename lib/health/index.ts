import { ping } from '@/db/queries/health';
import type { Services } from '../context';

export type Readiness = { status: 'ok' | 'unavailable'; checks: Record<string, 'ok' | string> };

const PATIENCE_MS = 2000;

async function check(work: () => Promise<unknown>, failure: string): Promise<string> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('late')), PATIENCE_MS).unref(),
  );
  try {
    await Promise.race([work(), late]);
    return 'ok';
  } catch {
    return failure;
  }
}

/** Whether payments can work from here: the database answers, and the card process does. */
export async function readiness(services: Services): Promise<Readiness> {
  const card = async () => {
    const answer = await fetch(`${services.config.cardUrl}/healthz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error('not ok');
  };
  const [database, cardProcess] = await Promise.all([
    check(() => ping(services.db), 'the database does not answer'),
    check(card, 'the card process does not answer'),
  ]);
  const ok = database === 'ok' && cardProcess === 'ok';
  return { status: ok ? 'ok' : 'unavailable', checks: { database, card: cardProcess } };
}
