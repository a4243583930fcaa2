import type { ToFrame } from '@/core/frame-messages';
import { showBankCheck } from './bank-check';
import { takeColours } from './colours';
import { bodyOf, type FieldName, ticksOf } from './fields';
import { byId, cardForm } from './form';
import { connectParent } from './parent';
import { progressTeller } from './progress';
import { sendCard } from './send';
import type { FrameText, FrameTexts } from './texts';

/**
 * `open`: fields can be typed in. `asking`: the page was asked for a ticket. `sending`: the card is on its way.
 * `settling`: the page finds out from the portal. `closed`: over, nothing is left in the fields.
 */
type Phase = 'open' | 'asking' | 'sending' | 'settling' | 'closed';

const READY_EVERY_MS = 400;
const TICKET_PATIENCE_MS = 30_000;
const MOVED_EVERY_MS = 3_000;

/** Refusals that prove nothing was sent and leave the payer free to try again, with the sentence for each. */
const AGAIN: Record<string, FrameText> = {
  too_soon: 'result.too_soon',
  attempt_superseded: 'result.superseded',
  unavailable: 'result.unavailable',
  unauthenticated: 'result.failed',
};

/** Refusals that say nothing of an earlier submission of the same attempt: only the page can find out. */
const UNDECIDED: ReadonlySet<string> = new Set(['conflict', 'link_already_paid']);

takeColours();

const texts = JSON.parse(byId('texts', HTMLElement).textContent) as FrameTexts;
const form = byId('form', HTMLFormElement);
const button = byId('pay', HTMLButtonElement);
const label = byId('label', HTMLElement);
const notice = byId('notice', HTMLElement);
const bank = byId('bank', HTMLElement);
const done = byId('done', HTMLElement);
const say = (text: string) => {
  byId('said', HTMLElement).textContent = text;
};
const fields = cardForm(texts, say);

let phase: Phase = 'open';
let payLabel = texts['frame.pay'];
let enabled = false;
let greeted = false;
let touched = false;
let toldTouched = false;
let endBankCheck = () => {};
let timer = 0;

const parent = connectParent(receive);
const isMarked = (field: FieldName) => byId(field, HTMLInputElement).ariaInvalid === 'true';
const tellProgress = progressTeller(
  () => ticksOf(fields.typed(), isMarked, new Date()),
  (ticks) => parent?.send({ type: 'progress', fields: ticks }),
);

function show(next: Phase): void {
  clearTimeout(timer);
  phase = next;
  const busy = next !== 'open' && next !== 'closed';
  form.ariaBusy = String(busy);
  fields.setReadOnly(next !== 'open');
  label.textContent = busy ? texts['frame.paying'] : payLabel;
  button.disabled = next === 'closed' || (next === 'open' && !enabled);
  button.ariaDisabled = String(next !== 'open');
  if (greeted) tellProgress();
}

function tell(text: string, isCalm = false): void {
  notice.classList.toggle('calm', isCalm);
  notice.textContent = text;
}

/** Over: the card leaves the document. `isPaid` shows so at once; the page itself tells the rest. */
function close(isPaid: boolean): void {
  fields.clear('number', 'expiry', 'csc', 'name');
  show('closed');
  form.hidden = isPaid;
  form.classList.toggle('over', !isPaid);
  done.hidden = !isPaid;
  (isPaid ? done : notice).focus();
}

function reopen(text: string): void {
  endBankCheck();
  form.hidden = false;
  form.classList.remove('over');
  done.hidden = true;
  fields.clear('csc');
  show('open');
  tell(text);
  fields.focus('csc');
}

/** The page is told again and again that there is something to ask the portal, until it answers or shows another page. */
function sendMoved(): void {
  parent?.send({ type: 'moved' });
  timer = window.setTimeout(sendMoved, MOVED_EVERY_MS);
}

/** Shut until the page has asked the portal: it alone knows what became of the attempt. */
function settle(text = ''): void {
  fields.clear('csc');
  show('settling');
  tell(text, true);
  sendMoved();
}

function checkWithBank(url: string): void {
  fields.clear('csc');
  show('settling');
  form.hidden = true;
  say(bank.querySelector('p')?.innerText ?? '');
  endBankCheck = showBankCheck(
    bank,
    byId('whole', HTMLAnchorElement),
    url,
    texts['frame.challenge_title'],
    () => {
      form.hidden = false;
      say(texts['frame.paying']);
      parent?.send({ type: 'challenge_done' });
      timer = window.setTimeout(sendMoved, MOVED_EVERY_MS * 3);
    },
  );
  // The page brings the check into view: it must know its height first.
  sendHeight();
  parent?.send({ type: 'challenge_shown' });
}

function refused(code: string): void {
  if (code === 'being_paid') settle(texts['result.being_paid']);
  else if (UNDECIDED.has(code)) settle(texts['result.confirming']);
  else if (code === 'invalid') {
    reopen(texts['frame.error.summary']);
    fields.mark('number', 'frame.error.number_wrong');
    fields.focus('number');
  } else {
    reopen(texts[AGAIN[code] ?? 'result.failed']);
    if (!AGAIN[code]) parent?.send({ type: 'moved' });
  }
}

async function send(ticket: string, origin: string): Promise<void> {
  show('sending');
  const sent = await sendCard(bodyOf(ticket, fields.typed()), origin);
  if (sent.kind === 'refused') return refused(sent.code);
  if (sent.kind === 'lost') return settle(texts['result.confirming']);
  if (sent.state === 'requires_action' && sent.challengeUrl) return checkWithBank(sent.challengeUrl);
  const isOpenQuestion = sent.state !== 'declined' && sent.state !== 'failed';
  if (sent.state !== 'authorized') return settle(isOpenQuestion ? texts['result.confirming'] : '');
  close(true);
  sendMoved();
}

function receive(message: ToFrame): void {
  switch (message.type) {
    case 'init':
      if (phase !== 'open' && phase !== 'closed') return;
      payLabel = message.payLabel;
      enabled = message.enabled;
      greeted = true;
      show(phase);
      sendHeight();
      tellTouched();
      return;
    case 'ticket':
      if (phase === 'asking' && parent) void send(message.ticket, parent.origin);
      return;
    case 'refused':
      // A refusal that comes while the card is on its way cannot be about it.
      if (phase === 'sending') return;
      reopen(message.text);
      if (message.final) close(false);
      return;
    case 'not_yet':
      if (phase !== 'asking') return;
      show('open');
      tell(message.text);
      return;
    case 'wait':
      if (phase === 'sending' || phase === 'closed') return;
      show('settling');
      tell(message.text, true);
      return;
  }
}

/** Once, as soon as somebody has typed and the page listens. */
function tellTouched(): void {
  if (!touched || !greeted || toldTouched) return;
  toldTouched = true;
  parent?.send({ type: 'touched' });
}

function sendHeight(): void {
  const pixels = Math.min(4000, Math.ceil(byId('card', HTMLElement).getBoundingClientRect().height));
  parent?.send({ type: 'height', pixels });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (phase !== 'open' || !enabled) return;
  tell('');
  if (!fields.check()) return tell(texts['frame.error.summary']);
  show('asking');
  say(texts['frame.paying']);
  parent?.send({ type: 'ticket_wanted' });
  timer = window.setTimeout(() => reopen(texts['result.unavailable']), TICKET_PATIENCE_MS);
});

form.addEventListener('focusout', () => greeted && tellProgress());
form.addEventListener('input', (event) => {
  if (greeted) tellProgress();
  if (notice.textContent === texts['frame.error.summary']) tell('');
  if (touched || !event.isTrusted) return;
  touched = true;
  tellTouched();
});

if (parent) {
  new ResizeObserver(sendHeight).observe(byId('card', HTMLElement));
  const greet = () => {
    if (greeted) return;
    parent.send({ type: 'ready' });
    setTimeout(greet, READY_EVERY_MS);
  };
  greet();
} else {
  close(false);
  tell(texts['frame.not_embedded']);
}
