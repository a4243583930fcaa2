import { portalEnv } from '@/lib/env';
import { exposition, mayRead } from '@/lib/metrics';
import { services } from '../_server/services';

export const dynamic = 'force-dynamic';

/** What this process counts, as Prometheus reads it, for whoever has the token. */
export async function GET(request: Request): Promise<Response> {
  if (!mayRead(portalEnv().METRICS_TOKEN, request.headers.get('authorization')))
    return new Response(null, { status: 404 });
  const { type, text } = await exposition(services(), { withStanding: false });
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
