import { toDecimal } from '@/core/money';
import type { LookupResult } from '@/lib/contracts/form-lookups';
import type { IssueValues } from './input';

/** Proposals of a lookup as a form's fields write them. */
export function valuesFrom({ proposals }: LookupResult): IssueValues {
  const { customer, amountMinor, currency, description, reference, fields } = proposals;
  const given = (name: keyof IssueValues, value: string | undefined): IssueValues =>
    value === undefined ? {} : { [name]: value };
  const money =
    amountMinor !== undefined && currency !== undefined ? toDecimal({ amountMinor, currency }) : undefined;
  return {
    ...given('amount', money),
    ...given('currency', currency),
    ...given('description', description),
    ...given('reference', reference),
    ...given('name', customer.name),
    ...given('email', customer.email),
    ...given('phone', customer.phone),
    ...given('locale', customer.locale),
    ...given('timeZone', customer.timeZone),
    ...(Object.keys(fields).length > 0 && { fields: JSON.stringify(fields) }),
  };
}
