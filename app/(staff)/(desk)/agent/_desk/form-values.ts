import { NO_CARD } from '@/app/_components/no-card';
import { holdsCardNumber } from '@/core/card-rules';
import type { AppError } from '@/core/outcome';
import type { SessionKind } from '@/core/payment-session';
import type { CreatePaymentSessionInput } from '@/lib/contracts/payment-sessions';
import type { AgentCall, AgentContext } from '@/lib/payment-sessions';
import { amountOf, type IssueValues, metadataOf } from '../../_issue/input';

/** The form of a payment as it is typed. `contact` is a phone number or an e-mail address, whichever the caller says. */
export type PaymentValues = {
  profile: string;
  reference: string;
  amount: string;
  currency: string;
  description: string;
  contact: string;
  name: string;
  email: string;
  /** What a lookup gave along. */
  locale: string;
  timeZone: string;
  fields: string;
};
export type PaymentField = Exclude<keyof PaymentValues, 'locale' | 'timeZone' | 'fields'>;
export type PaymentErrors = Partial<Record<PaymentField, string>>;

export const emptyValues = ({ profiles, defaultCurrency }: AgentContext): PaymentValues => ({
  profile: profiles.find(({ isDefault }) => isDefault)?.id ?? profiles[0]?.id ?? '',
  reference: '',
  amount: '',
  currency: defaultCurrency,
  description: '',
  contact: '',
  name: '',
  email: '',
  locale: '',
  timeZone: '',
  fields: '',
});

/** What a lookup proposes takes the place of what was typed; the rest stays. */
export function fill(values: PaymentValues, found: IssueValues): PaymentValues {
  const { phone, email, profile: _, ...rest } = found;
  const known = Object.keys(values) as (keyof PaymentValues)[];
  const taken = Object.fromEntries(
    known.flatMap((name) => (name in rest ? [[name, rest[name as keyof typeof rest]]] : [])),
  );
  const contact = phone ?? email;
  return {
    ...values,
    ...taken,
    ...(contact !== undefined && { contact, email: phone === undefined ? '' : (email ?? values.email) }),
  };
}

/** A number, or an address: told by the @. */
export const contactOf = (text: string): { email: string } | { phone: string } | null => {
  const given = text.trim();
  if (given === '') return null;
  return given.includes('@') ? { email: given } : { phone: given };
};

const GUARDED: readonly PaymentField[] = ['reference', 'amount', 'description', 'contact', 'name', 'email'];

/** Why a field cannot be sent as it is. Where a card number stands nothing of the form leaves this page. */
export function errorsIn(values: PaymentValues, kind: SessionKind): PaymentErrors {
  const errors: PaymentErrors = {};
  const amount = amountOf(values.amount.trim(), values.currency);
  if ('error' in amount) errors.amount = amount.error;
  if (kind === 'digital' && !contactOf(values.contact) && values.email.trim() === '')
    errors.contact = 'Needed to send the link: a mobile phone number, or an e-mail address.';
  for (const name of GUARDED) if (holdsCardNumber(values[name])) errors[name] = NO_CARD;
  return errors;
}

/** The input of the call that begins the session. Empty fields are left out. */
export function sessionInput(
  values: PaymentValues,
  kind: SessionKind,
  call: AgentCall['call'],
): CreatePaymentSessionInput {
  const amount = amountOf(values.amount.trim(), values.currency);
  const given = <K extends keyof PaymentValues>(name: K) => {
    const text = values[name].trim();
    return text === '' ? {} : { [name]: text };
  };
  return {
    kind,
    ...('amountMinor' in amount && amount),
    currency: values.currency,
    ...given('profile'),
    ...given('reference'),
    ...given('description'),
    ...given('locale'),
    ...(metadataOf(values.fields) as Pick<CreatePaymentSessionInput, 'metadata'>),
    customer: { ...given('name'), ...given('email'), ...given('timeZone'), ...contactOf(values.contact) },
    ...(call && { call: { id: call.id, leg: call.leg } }),
  };
}

const PATHS: Record<string, PaymentField> = {
  amountMinor: 'amount',
  currency: 'currency',
  reference: 'reference',
  description: 'description',
  profile: 'profile',
  'customer.name': 'name',
};

/** The refusal of a call, field by field, in the words of the form; what concerns no field of it is told above. */
export function refusedFields(error: AppError, values: PaymentValues): PaymentErrors {
  const errors: PaymentErrors = {};
  for (const { path, message } of error.errors ?? []) {
    const isContact = path === 'customer.phone' || path === 'customer.email' || path.startsWith('send');
    const isOther = path === 'customer.email' && !values.contact.includes('@') && values.email !== '';
    const name = isOther ? 'email' : isContact ? 'contact' : PATHS[path];
    if (!name) continue;
    if (message === 'holds a card number') errors[name] = NO_CARD;
    else if (path === 'customer.phone' && message.startsWith('is needed'))
      errors[name] =
        'Customers on this payment profile are asked for the end of their number: enter a mobile phone number.';
    else if (name === 'contact' || name === 'email')
      errors[name] =
        values.contact.includes('@') || name === 'email'
          ? 'Enter an e-mail address like name@example.com.'
          : 'Enter a phone number with its country code, like +44 7700 900123, or an e-mail address.';
    else errors[name] = `This ${message}.`;
  }
  return errors;
}

/** Why a card cannot be keyed in this call; null where it can. */
export function whyNoKeypad(
  context: AgentContext,
  call: AgentCall | undefined,
  profile: string,
): string | null {
  if (!context.capabilities) return 'No telephony is connected here.';
  if (context.profiles.find(({ id }) => id === profile)?.moto === false)
    return 'This payment profile takes no telephone orders.';
  if (!call?.call) return 'You are on no call that is known here.';
  return call.call.state === 'ended' ? 'The call is over.' : null;
}

/** What keying a card means on this provider's telephone: whether they can go on talking, and what of a call that is recorded. */
export function keypadWay({ capabilities }: Pick<AgentContext, 'capabilities'>): string {
  const way =
    capabilities?.maskedWhileTalking === false
      ? 'The customer keys the card on a secured line and comes back to you; you cannot talk meanwhile.'
      : 'The customer keys the card during this call.';
  return capabilities?.recordingPause === false
    ? `${way} Only where the call is not recorded: a recording cannot be paused here.`
    : way;
}
