import { type FromFrame, fromFrame, type ToFrame } from '@/core/frame-messages';

/** The pay page's one script: talks to the card frame, asks the server how things stand, shows what the server says. */
type Status = {
  state: string;
  attempt?: { id: string; state: string; text: string | null; final: boolean };
};

const POLL_MS = 2000;
const FRAME_PATIENCE_MS = 15_000;
const main = document.querySelector('main');
const frame = document.querySelector<HTMLIFrameElement>('#card-frame');
const notice = document.querySelector<HTMLElement>('#notice');
const shown = main?.dataset.state ?? '';
const base = location.pathname.replace(/\/$/, '');

let attempt: string | null = null;
let touched = false;

function say(text: string): void {
  if (!notice) return;
  notice.textContent = text;
  notice.hidden = !text;
}

async function ask<T>(path: string, method: 'GET' | 'POST'): Promise<T | null> {
  try {
    const response = await fetch(base + path, {
      method,
      headers: method === 'POST' ? { 'content-type': 'application/json' } : {},
      cache: 'no-store',
      credentials: 'omit',
      ...(method === 'POST' && { body: '{}' }),
    });
    return response.status === 204 ? null : ((await response.json()) as T);
  } catch {
    return null;
  }
}

const reload = (): void => location.replace(location.href);

function tell(
  message: ToFrame extends infer M ? (M extends ToFrame ? Omit<M, 'v' | 'nonce'> : never) : never,
): void {
  const { origin, nonce } = frame?.dataset ?? {};
  if (origin && nonce) frame?.contentWindow?.postMessage({ v: 1, nonce, ...message }, origin);
}

/** Shows what the server says: another state is another page; an attempt that ended without money opens the form again. */
function show(status: Status | null): void {
  if (!status) {
    tell({ type: 'wait', text: main?.dataset.wait ?? '' });
    setTimeout(() => void look(), POLL_MS);
  } else if (status.state !== shown) {
    reload();
  } else if (status.attempt?.text && status.attempt.id === attempt) {
    attempt = null;
    tell({ type: 'refused', text: status.attempt.text, final: status.attempt.final });
  }
}

const askStatus = (): Promise<Status | null> =>
  ask<Status>(`/status${attempt ? `?attempt=${attempt}` : ''}`, 'GET');

const look = async (): Promise<void> => show(await askStatus());

type Ticket = { attempt?: string; ticket?: string; text?: string | null };

/** Pay was pressed: a new attempt and its ticket, or the reason why not. A link that has moved on shows its own page. */
async function takeTicket(): Promise<void> {
  const answer = await ask<Ticket>('/attempts', 'POST');
  if (answer?.ticket && answer.attempt) {
    attempt = answer.attempt;
    tell({ type: 'ticket', ticket: answer.ticket });
  } else if (answer && !answer.text) {
    reload();
  } else {
    tell({ type: 'refused', text: answer?.text ?? main?.dataset.problem ?? '', final: false });
  }
}

const HANDLERS: { [T in FromFrame['type']]: (message: Extract<FromFrame, { type: T }>) => void } = {
  ready: () => {
    clearTimeout(patience);
    say('');
    tell({ type: 'init', payLabel: frame?.dataset.pay ?? '', enabled: true });
  },
  height: ({ pixels }) => frame?.style.setProperty('--frame', `${pixels}px`),
  touched: () => {
    if (!touched) void ask('/opened', 'POST');
    touched = true;
  },
  ticket_wanted: () => void takeTicket(),
  challenge_shown: () => {},
  challenge_done: () => void ask<Status>(`/attempts/${attempt}/resolve`, 'POST').then(show),
  moved: () => void look(),
};

const patience = frame ? setTimeout(() => say(frame.dataset.slow ?? ''), FRAME_PATIENCE_MS) : undefined;

window.addEventListener('message', (event) => {
  if (!frame || event.source !== frame.contentWindow || event.origin !== frame.dataset.origin) return;
  const parsed = fromFrame.safeParse(event.data);
  if (!parsed.success || parsed.data.nonce !== frame.dataset.nonce) return;
  const message = parsed.data;
  (HANDLERS[message.type] as (m: FromFrame) => void)(message);
});

/** The deadline in this device's own zone, where the customer's zone is not on file. */
const time = document.querySelector<HTMLTimeElement>('time[data-zone-known=no]');
if (time?.dataset.text) {
  const at = new Intl.DateTimeFormat(main?.dataset.dates, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(time.dateTime));
  time.textContent = time.dataset.text.replace('%', at);
}

const print = document.querySelector<HTMLButtonElement>('#print');
if (print) {
  print.hidden = false;
  print.onclick = () => window.print();
}

/** A payment of this page is on its way or at the bank: its frame must stay. */
const isUnderWay = ({ attempt: mine }: Status): boolean =>
  mine?.state === 'submitted' || mine?.state === 'requires_action';

/**
 * An open page learns by itself what becomes of the link, here or elsewhere. It only turns to another page: how an
 * attempt of its own ended is asked for when the frame says that it moved, never before the frame has its own answer.
 */
async function poll(): Promise<void> {
  if (document.visibilityState === 'visible') {
    const asked = attempt;
    const status = await askStatus();
    if (status && asked === attempt && status.state !== shown && !isUnderWay(status)) reload();
  }
  setTimeout(() => void poll(), POLL_MS);
}
if (shown !== 'paid') setTimeout(() => void poll(), POLL_MS);

window.addEventListener('pageshow', (event) => {
  if (event.persisted) reload();
});
