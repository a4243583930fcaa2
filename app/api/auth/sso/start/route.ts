import { services } from '@/app/_server/services';
import { leave, onTheWay, roundSecret } from '@/app/_server/single-sign-on';
import { queryOf, safeNext } from '@/app/_server/staff';
import { beginSignIn } from '@/lib/single-sign-on';

/** Leads a browser to the sign-in provider of a domain. Whoever sends it here: only it can come back with what begins here. */
export function GET(request: Request): Promise<Response> {
  const query = queryOf(request);
  const next = safeNext(query.next);
  return onTheWay(async () => {
    const asked = { domain: query.domain ?? '', next, browser: await roundSecret() };
    return leave(await beginSignIn(services(), asked), next);
  });
}
