/** What tests order of the merchant's system: customers and invoices of their own; and what it was asked and told. */
import * as z from 'zod';
import { isCurrency } from '@/core/money';
import { failure, json, jsonBody, type Route } from './http';
import type { World } from './world';

const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -');
const customerInput = z.strictObject({
  key: name,
  name: z.string().min(1).max(100),
  email: z.string().max(254).default(''),
  phone: z.string().max(40).default(''),
  locale: z.string().max(10).default('en'),
});
const invoiceInput = z.strictObject({
  number: name,
  customer: name,
  amountMinor: z.int().min(1),
  currency: z.string().refine(isCurrency, 'an ISO 4217 currency'),
  description: z.string().min(1).max(200),
});

export function controlCrmRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: '/control/crm',
      handler: ({ url }) => json(200, { data: world.crm.written(url.searchParams.get('reference')) }),
    },
    {
      method: 'GET',
      path: '/control/crm/lookups',
      handler: ({ url }) => json(200, { data: world.crm.lookups(url.searchParams.get('reference')) }),
    },
    {
      method: 'POST',
      path: '/control/crm/customers',
      handler: async (call) => {
        const customer = jsonBody(call, customerInput);
        await world.crm.addCustomer(customer);
        return json(201, customer);
      },
    },
    {
      method: 'POST',
      path: '/control/crm/invoices',
      handler: async (call) => {
        const invoice = jsonBody(call, invoiceInput);
        if (!world.crm.customers().some(({ key }) => key === invoice.customer))
          return failure(422, 'invalid', 'customer: nobody is known under this key');
        await world.crm.addInvoice(invoice);
        return json(201, invoice);
      },
    },
  ];
}
