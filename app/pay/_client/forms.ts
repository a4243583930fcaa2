type Answer = { text?: string | null; pass?: string; to?: string };

/** What the forms of a page need of it. `open`: loads it with what a right answer gave. */
export type Page = {
  ask: (path: string, method: 'POST', body: object) => Promise<Answer | null>;
  say: (text: string) => void;
  reload: () => void;
  open: (pass: string) => void;
  problem: string;
};

/** A field that must not be empty and is: what to say, with the focus in it. */
function missing(form: HTMLFormElement): string | null {
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[required]')];
  const field = fields.find(({ value }) => !value.trim());
  if (!field) return null;
  field.focus();
  return form.dataset.empty ?? '';
}

let sending = false;
/** A form is on its way, or its answer leads away: the page is not loaded anew beside it, what the answer gave would be lost. */
export const isSending = (): boolean => sending;

async function send(
  form: HTMLFormElement,
  path: string,
  { ask, say, reload, open, problem }: Page,
): Promise<void> {
  const lack = missing(form);
  if (lack !== null) return say(lack);
  const button = form.querySelector('button');
  if (button) button.disabled = true;
  sending = true;
  say(form.dataset.wait ?? '');
  const answer = await ask(path, 'POST', Object.fromEntries(new FormData(form)));
  if (answer?.pass) return open(answer.pass);
  if (answer?.to) return location.assign(answer.to);
  if (answer && !answer.text) return reload();
  sending = false;
  say(answer?.text ?? problem);
  if (button) button.disabled = false;
  form.querySelector<HTMLInputElement>('input')?.select();
}

/** Whether anybody has touched the page: what opens links before people do presses buttons by script alone. */
function personWatch(): () => boolean {
  let touched = false;
  for (const kind of ['pointerdown', 'keydown', 'click'])
    addEventListener(kind, ({ isTrusted }) => (touched ||= isTrusted), true);
  return () => touched;
}

/** Each form of the page is sent; what became of it is told here or by the page, loaded again. Without script it does the same. */
export function sendForms(page: Page): void {
  const isPerson = personWatch();
  for (const form of document.querySelectorAll('form')) {
    const path = new URL(form.action).pathname.replace(/^.*\//, '/');
    // Sent past the listener, as scanners do, it opens this page once more and begins nothing.
    form.method = 'get';
    form.action = '';
    // The page says itself, in its own language, what is missing.
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (isPerson()) void send(form, path, page);
    });
  }
}
