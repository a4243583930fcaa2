import 'server-only';
import { issueToken, type OAuthError, type ScopeBundle } from '@/lib/api-clients';
import { errorText } from '@/lib/log';
import { readText } from './body';
import { clientAddress, newRequestId, services } from './services';

const MOST_BYTES = 4_096;

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-content-type-options': 'nosniff',
};

function respond(status: number, body: object, requestId: string): Response {
  const challenge = status === 401 && { 'www-authenticate': 'Basic realm="Counterfoil API"' };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...HEADERS, 'request-id': requestId, ...challenge },
  });
}

const malformed = (description: string): OAuthError => ({
  error: 'invalid_request',
  error_description: description,
});

/** The token endpoint of RFC 6749: a form in, JSON out, errors in that document's words. `bundle`: the one scope that it gives. */
export async function answerTokenRequest(request: Request, bundle?: ScopeBundle): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  try {
    const form = await readForm(request);
    const result =
      'error' in form
        ? { ok: false as const, error: form }
        : await issueToken(services(), form, { requestId, address: clientAddress(request.headers) }, bundle);
    log.info('oauth_token', { requestId, code: result.ok ? 'ok' : result.error.error });
    if (result.ok) return respond(200, result.value, requestId);
    return respond(result.error.error === 'invalid_client' ? 401 : 400, result.error, requestId);
  } catch (error) {
    log.error('oauth_token', { requestId, error: errorText(error) });
    return respond(
      500,
      { error: 'server_error', error_description: 'Something went wrong on our side.' },
      requestId,
    );
  }
}

async function readForm(request: Request) {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? ''))
    return malformed('Send the body as application/x-www-form-urlencoded.');
  const text = await readText(request, MOST_BYTES);
  if (text === null) return malformed('The body is larger than 4 kB.');
  return { form: new URLSearchParams(text), authorization: request.headers.get('authorization') };
}
