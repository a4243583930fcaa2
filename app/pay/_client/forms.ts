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

async function send(form: HTMLFormElement, { ask, say, reload, open, problem }: Page): Promise<void> {
  const lack = missing(form);
  if (lack !== null) return say(lack);
  const button = form.querySelector('button');
  if (button) button.disabled = true;
  say(form.dataset.wait ?? '');
  const { pathname } = new URL(form.action);
  const answer = await ask(
    pathname.slice(pathname.lastIndexOf('/')),
    'POST',
    Object.fromEntries(new FormData(form)),
  );
  if (answer?.pass) return open(answer.pass);
  if (answer?.to) return location.assign(answer.to);
  if (answer && !answer.text) return reload();
  say(answer?.text ?? problem);
  if (button) button.disabled = false;
  form.querySelector<HTMLInputElement>('input')?.select();
}

/** Each form of the page is sent; what became of it is told here or by the page, loaded again. Without script it does the same. */
export function sendForms(page: Page): void {
  for (const form of document.querySelectorAll('form')) {
    // The page says itself, in its own language, what is missing.
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form, page);
    });
  }
}
