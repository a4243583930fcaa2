import { listGatewaysInUse, ping } from '@/db/queries/health';
import type { Services } from '../context';
import { isAdmitted } from '../gateways';

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

/** Why no payment could be taken over any gateway, or `ok`. */
async function gatewayCheck({ db, config }: Services): Promise<string> {
  const gateways = await listGatewaysInUse(db);
  if (gateways.some((gateway) => isAdmitted(config, gateway))) return 'ok';
  return gateways.length === 0
    ? 'no payment profile is enabled'
    : 'every payment profile uses the sandbox gateway, which production refuses';
}

/** Whether payments can work from here: database and card process answer, and a profile has a gateway we may use. */
export async function readiness(services: Services): Promise<Readiness> {
  const card = async () => {
    const answer = await fetch(`${services.config.cardUrl}/healthz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error('not ok');
  };
  const [database, cardProcess, gateway] = await Promise.all([
    check(() => ping(services.db), 'the database does not answer'),
    check(card, 'the card process does not answer'),
    gatewayCheck(services).catch(() => 'the database does not answer'),
  ]);
  const checks = { database, card: cardProcess, gateway };
  const ok = Object.values(checks).every((one) => one === 'ok');
  return { status: ok ? 'ok' : 'unavailable', checks };
}
