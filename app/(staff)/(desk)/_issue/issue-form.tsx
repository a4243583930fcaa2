'use client';
import Link from 'next/link';
import { useActionState, useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { CheckField, SelectField, TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import type { ProfileChoice } from '@/lib/payment-profiles';
import { type IssueState, issueLink } from './actions';
import { AmountFields } from './amount-fields';
import { type IssueValues, valuesOf } from './input';
import { type LookUpState, lookUp } from './look-up';
import { LookUpBar } from './look-up-bar';

export type IssueFormProps = {
  formId: string;
  cancelHref: string;
  profiles: ProfileChoice[];
  /** Those of them whose form can be filled from the merchant's own system. */
  lookups: string[];
  currencies: { common: string[]; other: string[] };
  locales: [string, string][];
  zones: string[];
  defaults: { locale: string; timeZone: string };
};

/** Works without script too: the server answers with the page, everything typed still in it. */
export function IssueForm(props: IssueFormProps) {
  const [state, action, pending] = useActionState<IssueState, FormData>(issueLink, {
    round: 0,
    lookupRound: 0,
    values: {},
    errors: {},
    problem: null,
  });
  const nothing = {
    round: 0,
    reference: '',
    profile: '',
    result: null,
    values: {},
    problem: null,
  };
  const [looked, look, looking] = useActionState<LookUpState, FormData>(lookUp, nothing);
  const [typed, setTyped] = useState<IssueValues>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.round > 0) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-problem]')?.focus();
  }, [state]);
  const isNewer = looked.round > state.lookupRound;
  const shown = isNewer ? { ...state, values: { ...typed, ...looked.values }, errors: {} } : state;
  const known = props.profiles.filter(({ id }) => props.lookups.includes(id));
  const keepTyped = () => form.current && setTyped(valuesOf(new FormData(form.current)));
  return (
    <>
      {known.length > 0 && (
        <LookUpBar state={looked} action={look} pending={looking} profiles={known} onSubmit={keepTyped} />
      )}
      <form ref={form} action={action} noValidate aria-busy={pending} className="space-y-5">
        <input type="hidden" name="formId" value={props.formId} />
        <input type="hidden" name="lookupRound" value={looked.round} />
        <input type="hidden" name="fields" value={shown.values.fields ?? ''} />
        {state.problem && (
          <div data-problem="" tabIndex={-1}>
            <Notice tone="bad">
              {state.problem.message}{' '}
              {state.problem.signIn && (
                <a href="/sign-in" target="_blank" rel="noreferrer" className="font-semibold underline">
                  Sign in in a new tab
                </a>
              )}
            </Notice>
          </div>
        )}
        <Fields key={`${state.round} ${looked.round}`} {...props} state={shown} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" disabled={pending} className="min-h-11 px-6 max-sm:w-full">
            {pending ? 'Issuing…' : 'Issue payment link'}
          </Button>
          <Link href={props.cancelHref} className={buttonClass('quiet', 'min-h-11 max-sm:w-full')}>
            Back without issuing
          </Link>
        </div>
      </form>
    </>
  );
}

const GROUP = 'rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5';
const LEGEND = 'float-start mb-3 w-full text-base font-semibold';
const GRID = 'clear-both grid gap-4 sm:grid-cols-2';

function Fields({ state, ...props }: IssueFormProps & { state: IssueState }) {
  const { values, errors } = state;
  const field = (name: keyof typeof errors) => ({ name, error: errors[name], defaultValue: values[name] });
  return (
    <>
      <fieldset className={GROUP}>
        <legend className={LEGEND}>Payment</legend>
        <div className={GRID}>
          <AmountFields values={values} errors={errors} currencies={props.currencies} />
          <TextField
            {...field('description')}
            label="What it is for"
            optional
            maxLength={200}
            autoComplete="off"
            hint="The customer reads this."
          />
          <TextField
            {...field('reference')}
            label="Reference"
            optional
            maxLength={64}
            autoComplete="off"
            hint="Your order, invoice or case number."
          />
          {props.profiles.length > 1 && <ProfileField {...props} state={state} />}
        </div>
      </fieldset>
      <CustomerFields {...props} state={state} />
      <fieldset className={GROUP}>
        <legend className={LEGEND}>Send the link now</legend>
        <div className={GRID}>
          <CheckField name="sendSms" label="By SMS" defaultChecked={Boolean(values.sendSms)} />
          <CheckField name="sendEmail" label="By e-mail" defaultChecked={Boolean(values.sendEmail)} />
        </div>
        <p className="mt-2 text-sm text-muted">Leave both open to copy the link yourself on the next page.</p>
      </fieldset>
    </>
  );
}

const ProfileField = ({ state, profiles }: IssueFormProps & { state: IssueState }) => (
  <SelectField
    name="profile"
    label="Payment profile"
    error={state.errors.profile}
    defaultValue={state.values.profile ?? profiles.find((profile) => profile.isDefault)?.id}
  >
    {profiles.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </SelectField>
);

function CustomerFields({ state, locales, zones, defaults }: IssueFormProps & { state: IssueState }) {
  const { values, errors } = state;
  const field = (name: keyof typeof errors) => ({ name, error: errors[name], defaultValue: values[name] });
  return (
    <fieldset className={GROUP}>
      <legend className={LEGEND}>Customer</legend>
      <div className={GRID}>
        <TextField {...field('name')} label="Name" optional maxLength={100} autoComplete="off" />
        <SelectField
          name="locale"
          label="Language"
          error={errors.locale}
          defaultValue={values.locale ?? defaults.locale}
        >
          {locales.map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          {...field('phone')}
          label="Mobile phone"
          optional
          type="tel"
          autoComplete="off"
          maxLength={40}
          hint={errors.phone ? undefined : 'With country code, like +44 7700 900123.'}
        />
        <TextField
          {...field('email')}
          label="E-mail"
          optional
          type="email"
          autoComplete="off"
          maxLength={254}
          spellCheck={false}
        />
        <SelectField
          name="timeZone"
          label="Time zone"
          error={errors.timeZone}
          defaultValue={values.timeZone ?? defaults.timeZone}
          hint="The pay-by time in the message is told in it."
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="challenge"
          label="Asked before the page"
          error={errors.challenge}
          defaultValue={values.challenge ?? ''}
          hint="The customer answers before the page shows what it is for."
        >
          <option value="">As the payment profile says</option>
          <option value="phone_ending">The end of the phone number</option>
          <option value="reference_phone_ending">The reference and the end of the phone number</option>
          <option value="passcode">A passcode, by another channel than the link</option>
        </SelectField>
      </div>
    </fieldset>
  );
}
