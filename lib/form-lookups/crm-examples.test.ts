import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { checkTemplate, fillTemplate } from '../write-backs/template';
import { LookupTales, type MerchantSystem, merchantSystem, sendJson } from './testing';

let house: TestHouse;
let system: MerchantSystem;
let answer: unknown;
beforeAll(async () => {
  system = await merchantSystem((_, response) => sendJson(response, answer));
  house = await testHouse({ sandboxUrl: system.origin });
});
afterAll(async () => {
  await house.close();
  system.close();
});
const tales = new LookupTales(() => house);

/** What docs/crm.md shows of a vendor: the mapping of the lookup, then the template of the write-back. */
function shown(vendor: string): { mapping: Record<string, string>; template: string } {
  const section = readFileSync('docs/crm.md', 'utf8')
    .split(/^##+ /m)
    .find((text) => text.startsWith(vendor));
  const [mapping, template] = [...(section ?? '').matchAll(/```json\n(.*?)```/gs)].map(
    ([, json]) => json ?? '',
  );
  if (!mapping || !template) throw new Error(`docs/crm.md shows no example for ${vendor}`);
  return { mapping: JSON.parse(mapping), template };
}

/** GET /services/data/v62.0/query, of an order with its contact. */
const SALESFORCE = {
  totalSize: 1,
  done: true,
  records: [
    {
      attributes: { type: 'Order', url: '/services/data/v62.0/sobjects/Order/801RO00000ABCDEYA5' },
      Id: '801RO00000ABCDEYA5',
      OrderNumber: '00000104',
      TotalAmount: 129.9,
      CurrencyIsoCode: 'EUR',
      Description: 'Trekking boots',
      BillToContact: {
        attributes: { type: 'Contact', url: '/services/data/v62.0/sobjects/Contact/003RO0000035WQgYAM' },
        Name: 'Ada Lovelace',
        Email: 'ada@example.com',
        MobilePhone: '+44 7700 900123',
      },
    },
  ],
};

/** POST /crm/v3/objects/deals/search and GET /crm/v3/objects/contacts/{id}, side by side. HubSpot writes amounts as text. */
const times = {
  createdAt: '2026-11-02T09:15:00.000Z',
  updatedAt: '2026-11-20T16:40:12.345Z',
  archived: false,
};
const HUBSPOT = {
  deal: {
    total: 2,
    results: [
      {
        id: '9876543210',
        properties: {
          amount: '129.90',
          createdate: times.createdAt,
          deal_currency_code: 'EUR',
          dealname: 'Trekking boots',
          hs_lastmodifieddate: times.updatedAt,
          hs_object_id: '9876543210',
        },
        ...times,
      },
    ],
    paging: { next: { after: '1' } },
  },
  contact: {
    id: '151',
    properties: {
      email: 'ada@example.com',
      hs_full_name_or_email: 'Ada Lovelace',
      hs_object_id: '151',
      phone: '+447700900123',
    },
    ...times,
  },
};
const ADA = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+447700900123' };
const BOOTS = { customer: ADA, amountMinor: 12_990, currency: 'EUR', description: 'Trekking boots' };

test.each([
  ['Salesforce', SALESFORCE, { ...BOOTS, reference: '00000104', fields: { order: '801RO00000ABCDEYA5' } }],
  ['HubSpot', HUBSPOT, { ...BOOTS, fields: { deal: '9876543210' } }],
])(
  'the mapping that is shown for %s reads all that it names from an answer of that API',
  async (vendor, told, proposals) => {
    const { mapping } = shown(vendor);
    await tales.ready({ mapping });
    answer = told;
    const result = await tales.ask();
    expect(result).toMatchObject({ outcome: 'found', proposals, notes: [] });
    expect(result.proposed).toHaveLength(Object.keys(mapping).length);
  },
);

test('what lies too deep, and a query without records, end as docs/crm.md says', async () => {
  await tales.ready({ mapping: shown('HubSpot').mapping });
  const associations = { contacts: { results: [{ id: '151', type: 'deal_to_contact' }] } };
  answer = { deal: { id: '1', properties: {}, associations } };
  expect((await tales.ask()).outcome).toBe('too_deep');
  await tales.ready({ mapping: shown('Salesforce').mapping });
  answer = { totalSize: 0, done: true, records: [] };
  expect((await tales.ask()).outcome).toBe('nothing_usable');
});

const FACTS = {
  outcome: 'succeeded',
  'event.occurredAt': '2026-11-24T09:12:01.870Z',
  'link.currency': 'EUR',
  'link.metadata.order': '801RO00000ABCDEYA5',
  'link.metadata.deal': '9876543210',
  'attempt.id': 'pay_1',
  'attempt.amount': '129.90',
  'attempt.card.brand': 'visa',
  'attempt.card.last4': '4242',
};

test.each([
  [
    'Salesforce',
    {
      Subject: 'Card payment succeeded: 129.90 EUR',
      WhatId: '801RO00000ABCDEYA5',
      Status: 'Completed',
      Description: 'pay_1 visa 4242 ',
    },
  ],
  [
    'HubSpot',
    {
      properties: {
        hs_timestamp: '2026-11-24T09:12:01.870Z',
        hs_note_body: 'Card payment succeeded: 129.90 EUR, visa 4242 (pay_1)',
      },
      associations: [
        {
          to: { id: '9876543210' },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 214 }],
        },
      ],
    },
  ],
])('the template that is shown for %s can be saved, and is filled as that API takes it', (vendor, body) => {
  const { template } = shown(vendor);
  expect(checkTemplate(template)).toMatchObject({ ok: true });
  expect(JSON.parse(fillTemplate(template, FACTS))).toEqual(body);
});
