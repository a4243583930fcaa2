import { type FromFrame, fromFrame, type ToFrame } from '@/core/frame-messages';
import { amountField } from './amount';
import { tellInOwnZone } from './deadline';
import { followConnection, offerCopy } from './device';
import { isSending, sendForms } from './forms';
import { keepPass, openWith, takePass } from './pass';
import { progressReporter } from './progress';

/** The pay page's one script: talks to the card frame, asks the server how things stand, shows what the server says. */
type Status = {
  state: string;
  /** Changes with what the page tells. */
  mark: string;
  left: string;
  grace: string;
  attempt?: { id: string; state: string; text: string | null; final: boolean };
};

const POLL_MS = 1500;
const FRAME_PATIENCE_MS = 15_000;
const main = document.querySelector('main');
const frame = document.querySelector<HTMLIFrameElement>('#card-frame');
const notice = document.querySelector<HTMLElement>('#notice');
const shown = main?.dataset.mark;
const isReady = main?.dataset.state === 'ready';
const base = location.pathname.replace(/\/$/, '');

const languages = document.querySelector<HTMLElement>('#languages');
const query = new URLSearchParams(location.search);
/** The language chosen on the page: it stands in its address, and so in that of all it asks. */
const language = query.get('l');
/** The attempt that a bank's page, filling the window, has led back from. */
const returned = query.get('a');
let pass = takePass();

let attempt: string | null = null;
let touched = false;
/** The frame shows the bank's page. */
let isAtBank = false;
/** Counts the tickets asked for: an answer that another request has overtaken is not heard. */
let asked = 0;

function say(text: string): void {
  if (!notice) return;
  notice.textContent = text;
  notice.hidden = !text;
}

function addressOf(path: string): string {
  const url = new URL(base + path, location.origin);
  if (language) url.searchParams.set('l', language);
  if (pass) url.searchParams.set('p', pass);
  if (returned && !path) url.searchParams.set('a', returned);
  return url.href;
}

async function ask<T>(path: string, method: 'GET' | 'POST', body: object = {}): Promise<T | null> {
  try {
    const response = await fetch(addressOf(path), {
      method,
      headers: method === 'POST' ? { 'content-type': 'application/json' } : {},
      cache: 'no-store',
      credentials: 'omit',
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const told = response.status < 500 && response.status !== 204;
    return told ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

/** The server cannot say now: `unavailable` carries no state. */
const isStatus = (status: Partial<Status> | null): status is Status => status?.state !== undefined;

const reload = (): void => location.replace(addressOf(''));

/** The server says that this is another page by now. */
const turn = (): void => {
  if (!isSending()) reload();
};

function tell(
  message: ToFrame extends infer M ? (M extends ToFrame ? Omit<M, 'v' | 'nonce'> : never) : never,
): void {
  const { origin, nonce } = frame?.dataset ?? {};
  if (origin && nonce) frame?.contentWindow?.postMessage({ v: 1, nonce, ...message }, origin);
}

/**
 * Shows what the server says: another state is another page; an attempt that ended without money opens the form again.
 * One that never reached the card process is taken back before anybody says that nothing was charged.
 */
function show(status: Status | null): void {
  if (!isStatus(status)) {
    tell({ type: 'wait', text: main?.dataset.wait ?? '' });
    setTimeout(() => void look(), POLL_MS);
  } else if (status.mark !== shown) {
    turn();
  } else if (status.attempt?.state === 'created' && status.attempt.id === attempt) {
    void ask<Status>(`/attempts/${attempt}/withdraw`, 'POST').then(show);
  } else if (status.attempt?.text && status.attempt.id === attempt) {
    attempt = null;
    hold(false);
    tell({ type: 'refused', text: status.attempt.text, final: status.attempt.final });
  }
}

/** While a payment is on its way nothing is changed around it: in another language the page would be loaded anew. */
function hold(busy: boolean): void {
  amount?.setReadOnly(busy);
  if (languages) languages.hidden = busy;
}

const askStatus = (): Promise<Status | null> =>
  ask<Status>(`/status${attempt ? `?attempt=${attempt}` : ''}`, 'GET');

const look = async (): Promise<void> => show(await askStatus());

type Ticket = { attempt?: string; ticket?: string; text?: string | null; pass?: string };

/** Pay was pressed: a new attempt and its ticket, or the reason why not. A link that has moved on shows its own page. */
async function takeTicket(): Promise<void> {
  const amountMinor = amount?.read();
  if (amountMinor === null) return tell({ type: 'not_yet', text: amount?.check ?? '' });
  hold(true);
  document.querySelector('#ended')?.remove();
  const mine = ++asked;
  const answer = await ask<Ticket>('/attempts', 'POST', { amountMinor });
  if (mine !== asked) return;
  if (answer?.ticket && answer.attempt) {
    attempt = answer.attempt;
    if (answer.pass) pass = keepPass(answer.pass);
    tell({ type: 'ticket', ticket: answer.ticket });
  } else if (answer && !answer.text) {
    reload();
  } else {
    hold(false);
    tell({ type: 'refused', text: answer?.text ?? main?.dataset.problem ?? '', final: false });
  }
}

/** Tells the form what its button says: the amount that is typed at this moment. */
const init = (): void =>
  tell({ type: 'init', payLabel: amount?.payLabel() ?? frame?.dataset.pay ?? '', enabled: true });
const amount = amountField(main?.dataset.locale ?? 'en', init);

/** Where an agent waits for this payment. */
const reportProgress =
  main?.dataset.watched === undefined
    ? null
    : progressReporter((fields) => ask('/progress', 'POST', { fields }));

/** The logo waits until the card form can be used. */
function showLogo(): void {
  const logo = document.querySelector<HTMLImageElement>('img[data-src]');
  if (logo?.dataset.src) logo.src = logo.dataset.src;
}

const HANDLERS: { [T in FromFrame['type']]: (message: Extract<FromFrame, { type: T }>) => void } = {
  ready: () => {
    clearTimeout(patience);
    say('');
    init();
    showLogo();
  },
  height: ({ pixels }) => frame?.style.setProperty('--frame', `${pixels}px`),
  touched: () => {
    if (!touched) void ask('/opened', 'POST');
    touched = true;
  },
  progress: ({ fields }) => reportProgress?.(fields),
  ticket_wanted: () => void takeTicket(),
  challenge_shown: () => {
    isAtBank = true;
    frame?.scrollIntoView();
  },
  challenge_done: () => {
    isAtBank = false;
    void ask<Status>(`/attempts/${attempt}/resolve`, 'POST').then(show);
  },
  moved: () => void look(),
};

const patience = frame ? setTimeout(() => say(frame.dataset.slow ?? ''), FRAME_PATIENCE_MS) : undefined;

window.addEventListener('message', (event) => {
  if (!frame || event.source !== frame.contentWindow || event.origin !== frame.dataset.origin) return;
  const message = fromFrame(event.data);
  if (message && message.nonce === frame.dataset.nonce)
    (HANDLERS[message.type] as (m: FromFrame) => void)(message);
});

tellInOwnZone(main?.dataset.dates);

const print = document.querySelector<HTMLButtonElement>('#print');
if (print) {
  print.hidden = false;
  print.onclick = () => window.print();
}

offerCopy();
followConnection(main?.dataset.offline ?? '', say, () => void look());

sendForms({ ask, say, reload, open: openWith, problem: main?.dataset.problem ?? '' });

/**
 * A payment of this page is on its way or at the bank: its frame must stay. So it must where the page would ask its question
 * again, for as long as an attempt of its own may be at the bank.
 */
const mustStay = ({ attempt: mine, state }: Status): boolean =>
  mine?.state === 'submitted' ||
  mine?.state === 'requires_action' ||
  (attempt !== null && state === 'verification');

/** The time that is left goes on while the page is open, without a word of the payer's being lost. */
function tick({ left, grace }: Status): void {
  const [time, note] = ['#left', '#grace'].map((id) => document.querySelector<HTMLElement>(id));
  if (time) time.textContent = left;
  if (!note || note.textContent === grace) return;
  note.textContent = grace;
  note.hidden = !grace;
}

/** The check that the frame shows was stopped elsewhere, or has run out. */
function endBankCheck(status: Status): void {
  isAtBank = false;
  show(status);
}

/**
 * An open page learns by itself what becomes of the link, here or elsewhere. It only turns to another page: how an
 * attempt of its own ended is asked for when the frame says that it moved, never before the frame has its own answer.
 */
async function poll(): Promise<void> {
  if (document.visibilityState === 'visible') {
    const before = attempt;
    const status = await askStatus();
    if (isStatus(status) && before === attempt && status.mark !== shown && !mustStay(status)) turn();
    else if (isStatus(status) && isAtBank && status.attempt?.text) endBankCheck(status);
    else if (isStatus(status) && isReady) tick(status);
  }
  setTimeout(() => void poll(), POLL_MS);
}
setTimeout(() => void poll(), POLL_MS);

if (returned && main?.dataset.state === 'challenge')
  void ask<Status>(`/attempts/${returned}/resolve`, 'POST').then((status) => {
    if (isStatus(status) && status.mark !== shown) reload();
  });

window.addEventListener('pageshow', (event) => {
  if (event.persisted) reload();
});
