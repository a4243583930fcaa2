import { type Call, empty, HttpError, type Reply, type Route } from '../http';
import { html, page } from '../pages';
import { actRoutes } from './acts';
import { callInput } from './control';
import { callsPage, nav } from './page';
import { callPage, VIEWS, type View } from './page-call';
import type { Phone } from './phone';

/** A new call by the form of the list, then its page. */
function start(phone: Phone, { body }: Call): Reply {
  const {
    recorded,
    customerPhone = '',
    ...rest
  } = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  const number = customerPhone.replace(/[\s()-]/g, '');
  const input = callInput.safeParse({ ...rest, customerPhone: number, recorded: recorded !== 'no' });
  if (input.success) return empty(303, { location: `/phone/${phone.open(input.data).id}` });
  const says = input.error.issues.map(({ path, message }) => html`<li>${path.join('.')}: ${message}</li>`);
  return page('Telephone', html`${nav}<h1>No call was made</h1><ul>${says}</ul>`, { status: 422 });
}

function show(phone: Phone, { params }: Call, view: View): Reply {
  try {
    return callPage(phone.get(params.id ?? ''), view);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const body = html`${nav}<h1>There is no such call</h1><p>Calls end when the sandbox stops.</p>`;
    return page('No such call', body, { status: 404 });
  }
}

export function phonePageRoutes(phone: Phone): Route[] {
  const views = VIEWS.map(
    (view): Route => ({
      method: 'GET',
      path: view === 'both' ? '/phone/:id' : `/phone/:id/${view}`,
      handler: (call) => show(phone, call, view),
    }),
  );
  return [
    { method: 'GET', path: '/phone', handler: () => callsPage(phone) },
    { method: 'POST', path: '/phone', bodyLimit: 4_096, handler: (call) => start(phone, call) },
    ...views,
    ...actRoutes(phone, '/phone', 'person'),
  ];
}
