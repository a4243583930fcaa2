import { services } from '@/app/_server/services';
import { readWebhookKeys } from '@/lib/webhooks';

type Context = RouteContext<'/webhook-keys/[endpoint]'>;

/** The keys that verify an endpoint's `v1a` signatures, as a JSON Web Key Set. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { endpoint } = await params;
  const keys = await readWebhookKeys(services(), endpoint);
  const body = keys ?? { error: 'There is no such webhook endpoint.' };
  return Response.json(body, {
    status: keys ? 200 : 404,
    headers: {
      'content-type': keys ? 'application/jwk-set+json' : 'application/json',
      'cache-control': keys ? 'public, max-age=300' : 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
