import { type Html, html } from '../../_server/html';

/** One line of text in which backticks mark code. */
export const inline = (text: string): Html => {
  const parts = text.split('`').map((part, i) => (i % 2 ? html`<code>${part}</code>` : html`${part}`));
  return html`${parts}`;
};

/** Text in paragraphs. */
export const prose = (text: string): Html =>
  html`${text.split('\n\n').map((part) => html`<p>${inline(part)}</p>`)}`;

/** A block of code under what it is. `id` is for tests, which run what stands there. */
export const code = (label: string, text: string, id?: string): Html =>
  html`<figure><figcaption>${label}</figcaption><pre${id !== undefined && html` data-example="${id}"`}><code>${text}</code></pre></figure>`;

export const json = (label: string, value: unknown): Html => code(label, JSON.stringify(value, null, 2));

export const table = (head: readonly string[], rows: readonly (readonly Html[])[]): Html =>
  html`<table><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
