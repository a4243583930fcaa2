import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../contracts/operations';
import { openApiDocument } from '.';
import { AnswerCheck, type OpenApiDocument } from './testing';

const document = openApiDocument('https://pay.juniper.example');

test('the document passes a public linter without a complaint', async () => {
  // Reading the document itself is refused to nobody.
  const rules = { 'operation-4xx-response': 'off' } as const;
  const config = await createConfig({ extends: ['recommended'], rules });
  const lint = (source: object) => lintFromString({ source: JSON.stringify(source), config });
  const problems = (await lint(document)).map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
  );
  expect(problems).toEqual([]);
  const { info, ...without } = document;
  expect((await lint(without)).length).toBeGreaterThan(0);
});

test('every example is what its schema says', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  const faults: string[] = [];
  const visit = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { schema, example } = value as { schema?: object; example?: unknown };
    if (schema && example !== undefined) {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
      if (!ajv.validate(JSON.parse(text), example)) faults.push(`${place}: ${ajv.errorsText()}`);
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, `${place}/${key}`);
  };
  visit(document.paths, '');
  visit(document.webhooks, '');
  expect(faults).toEqual([]);
});

test('every operation has a name of its own, an example of its answer and a refusal', () => {
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  const bare = OPERATIONS.filter(({ id, example }) => !example?.response && id !== 'readOpenApiDocument');
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test('the check sees what is not described: a field, a code, a status, a media type, an operation', () => {
  const check = new AnswerCheck(document as OpenApiDocument);
  const read = { method: 'GET', path: '/api/v1/refunds/re_1', contentType: 'application/json' };
  const refund = OPERATIONS.find(({ id }) => id === 'readRefund')?.example?.response as object;
  const problem = (code: string, status: number) => ({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      ...{ type: 'https://pay.juniper.example/x', title: 'x', status, detail: 'x', code },
      ...{ requestId: 'req_1', errors: [] },
    }),
  });
  const told = (body: object, more: object = {}) =>
    check.fault({ ...read, status: 200, body: JSON.stringify(body), ...more });
  expect(told(refund)).toBeNull();
  expect(told({ ...refund, surprise: 1 })).toContain('additional properties');
  expect(told({ ...refund, amountMinor: '5' })).toContain('must be integer');
  expect(told(refund, { status: 202 })).toContain('no such status');
  expect(told(refund, { contentType: 'text/html' })).toContain('no text/html');
  expect(told(refund, { path: '/api/v1/nowhere' })).toContain('no such operation');
  expect(check.fault({ ...read, ...problem('not_found', 404) })).toBeNull();
  expect(check.fault({ ...read, ...problem('link_paid', 404) })).toContain('/code');
});
