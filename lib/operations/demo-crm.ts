import type { Ctx } from '../context';
import type { SetupEnv } from '../env';
import { prepareFormLookup } from '../form-lookups';
import { prepareWriteBack } from '../write-backs';
import { doWithin } from './within';

/** The sandbox's CRM, for a profile of the demo: its form is filled from there, and what becomes of a payment is written back. */
export async function connectCrm(ctx: Ctx, env: SetupEnv, profile: string): Promise<void> {
  const shared = {
    profile,
    version: null,
    credentials: { kind: 'signature' },
    secret: env.SANDBOX_RECEIVER_SECRET,
  };
  const lookup = { ...shared, url: `${env.SANDBOX_URL}/crm/lookup` };
  await doWithin(ctx, (outer) => prepareFormLookup(outer, lookup));
  const back = { ...shared, url: `${env.SANDBOX_URL}/crm/write-backs` };
  await doWithin(ctx, (outer) => prepareWriteBack(outer, back));
}

/** The same CRM where it answers in its own words, for the mapping; nothing is written back. */
export async function connectOwnWords(ctx: Ctx, env: SetupEnv, profile: string): Promise<void> {
  const lookup = {
    profile,
    version: null,
    url: `${env.SANDBOX_URL}/crm/records`,
    credentials: { kind: 'signature' },
    secret: env.SANDBOX_RECEIVER_SECRET,
    mapping: {
      'customer.name': 'record.person.fullName',
      'customer.email': 'record.person.mail',
      'customer.phone': 'record.person.mobile',
      'customer.locale': 'record.person.tongue',
      amount: 'record.invoice.total',
      currency: 'record.invoice.cur',
      description: 'record.invoice.text',
      reference: 'record.invoice.no',
      'fields.customerKey': 'record.person.no',
    },
  };
  await doWithin(ctx, (outer) => prepareFormLookup(outer, lookup));
}
