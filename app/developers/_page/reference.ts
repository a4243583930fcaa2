import { type Html, html } from '../../_server/html';
import { OBJECTS, REFERENCE, tagPage } from './contents';
import { developerPage } from './document';
import {
  type Answer,
  apiDocument,
  type DocumentOperation,
  type Listed,
  operations,
  type Schema,
} from './openapi';
import { fieldList, fieldRow, typeOf } from './schema';
import { code, inline, json, prose } from './text';

export const addressOf = ({ tags, operationId }: DocumentOperation): string =>
  `${tagPage(tags[0]).path}#${operationId}`;

const shownPath = ({ path, operation }: Listed): string => (operation.servers ? path : `/api/v1${path}`);

/** The schema that a reference names, or the schema itself. */
const resolved = (schema: Schema): Schema =>
  (schema.$ref && apiDocument().components.schemas[schema.$ref.slice('#/components/schemas/'.length)]) ||
  schema;

const example = (label: string, value: unknown): Html | false =>
  value !== undefined && (typeof value === 'string' ? code(label, value) : json(label, value));

function parameters({ parameters: all = [] }: DocumentOperation): Html | false {
  const rows = all.map(({ name, required, description, schema, in: place }) => {
    const where = { path: 'In the path.', header: 'A header.' }[place];
    const words = [where, description].filter(Boolean).join(' ');
    return fieldRow({ name, required, schema: { ...schema, ...(words && { description: words }) } }, true);
  });
  return rows.length > 0 && html`<h3>Parameters</h3><dl class="fields">${rows}</dl>`;
}

function body({ requestBody }: DocumentOperation): Html | false {
  const [[mediaType, media] = []] = Object.entries(requestBody?.content ?? {});
  if (!requestBody || !media?.schema) return false;
  const schema = resolved(media.schema);
  return html`<h3>Body</h3><p class="soft">${mediaType}${!requestBody.required && ', may be left out'}</p>${
    schema.properties ? fieldList(schema, true) : html`<p>${typeOf(schema)}</p>`
  }`;
}

const isRefusal = (status: string): boolean => Number(status) >= 400;

/** "409 Conflict: `link_paid`." with each code as a link to its page. */
function refusal([status, { description }]: [string, Answer]): Html {
  const [title = '', codes] = description.split(': ');
  const names = [...(codes ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '');
  const links = names.map((name) => html` <a href="/developers/problems/${name}">${name}</a>`);
  return html`<div><dt><code>${status}</code> ${inline(names.length > 0 ? title : description)}</dt><dd>${links}</dd></div>`;
}

function answers({ responses }: DocumentOperation): Html {
  const all = Object.entries(responses);
  const good = all.filter(([status]) => !isRefusal(status));
  const bad = all.filter(([status]) => isRefusal(status));
  return html`<h3>Answer</h3>${good.map(([status, { description, content = {} }]) => {
    const [media] = Object.values(content);
    return html`<p><code>${status}</code> ${inline(description)}${media?.schema && html` ${typeOf(media.schema)}.`}</p>${example('Answer', media?.example)}`;
  })}<h3>Refusals</h3><dl class="fields">${bad.map(refusal)}</dl>`;
}

function section(listed: Listed): Html {
  const { method, operation } = listed;
  const { operationId, summary, description, 'x-codeSamples': samples } = operation;
  return html`<section aria-labelledby="${operationId}">
<h2 id="${operationId}">${summary}</h2>
<p class="route"><span class="method">${method}</span> <code>${shownPath(listed)}</code></p>
${description && prose(description)}
${code('Example', samples[0].source, operationId)}
${parameters(operation)}
${body(operation)}
${answers(operation)}
</section>`;
}

const VARIABLES = `Examples are for a shell. \`API\` and \`KEY\` are set as in the [first payment]; \`ID\` is the id in the path, \`LINK\` that of a paid link, \`HOOK\` an address of yours, \`SINCE\` a time, \`CLIENT\` the id and secret of an OAuth client with a colon between.`;

/** Every operation on one page, each a line that leads to its own place. */
export function referencePage(): Response {
  const groups = apiDocument().tags.flatMap(({ name, description }) => {
    const list = operations().filter(({ operation }) => operation.tags[0] === name);
    return list.length === 0
      ? []
      : [
          html`<h2>${name}</h2><p class="soft">${description}</p><ul class="list">${list.map(
            (one) =>
              html`<li><span class="method">${one.method}</span> <code>${shownPath(one)}</code> <a href="${addressOf(one.operation)}">${one.operation.summary}</a></li>`,
          )}</ul>`,
        ];
  });
  return developerPage({
    path: REFERENCE,
    title: 'All operations',
    body: html`<p class="lead">Made from the <a href="/api/v1/openapi.json">OpenAPI document</a>, which is made from the code’s own contracts.</p>
${prose(VARIABLES.replace('[first payment]', 'first payment'))}${groups}`,
  });
}

/** The operations of one group; null where there is no such group. */
export function tagReference(slug: string): Response | null {
  const tag = apiDocument().tags.find(({ name }) => tagPage(name).path === `${REFERENCE}/${slug}`);
  const list = operations().filter(({ operation }) => operation.tags[0] === tag?.name);
  if (!tag || list.length === 0) return null;
  return developerPage({
    path: tagPage(tag.name).path,
    title: tag.name,
    body: html`<p class="lead">${tag.description}</p><ul>${list.map(
      ({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`,
    )}</ul>${list.map(section)}`,
  });
}

/** Every named object with its fields. */
export function objectsPage(): Response {
  const schemas = Object.entries(apiDocument().components.schemas);
  return developerPage({
    ...OBJECTS,
    body: html`<p class="lead">What the API takes and answers. Answers may gain fields: ignore those that you do not know.</p>${schemas.map(
      ([name, schema]) =>
        html`<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2>${
          schema.description && prose(schema.description)
        }${fieldList(schema, schema.additionalProperties === false)}</section>`,
    )}`,
  });
}
