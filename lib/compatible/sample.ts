import { randomUUID } from 'node:crypto';
import type { CompatibleStatus } from '../contracts/compatible';

/** A result of nobody, for the test of a webhook. */
export const sampleStatus = (at: Date): CompatibleStatus => ({
  sessionGuid: randomUUID(),
  callGuid: null,
  providerSessionGuid: randomUUID(),
  createdOn: at.toISOString(),
  lastUpdatedOn: at.toISOString(),
  sessionState: 'Finished',
  paymentResultData: {
    MerchantReferenceCode: 'TEST',
    Amount: '1240',
    Currency: 'GBP',
    decision: 'CANCEL',
    reasonCode: '901',
    requestID: '',
    transactionType: '',
  },
});
