import 'server-only';
import { openApiDocument } from '@/lib/openapi';
import { services } from './services';

let document: string | undefined;

/** The API's document, for everybody: it tells nothing of any merchant. */
export function answerOpenApi(): Response {
  document ??= JSON.stringify(openApiDocument(services().config.portalUrl));
  return new Response(document, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    },
  });
}
