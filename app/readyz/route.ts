import { readiness } from '@/lib/health';
import { services } from '../_server/services';

export const dynamic = 'force-dynamic';

/** Payments can work: 200, or 503 with the reason. */
export async function GET(): Promise<Response> {
  const answer = await readiness(services());
  return Response.json(answer, { status: answer.status === 'ok' ? 200 : 503 });
}
