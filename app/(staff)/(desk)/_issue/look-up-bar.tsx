import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { Notice } from '@/app/_components/notice';
import type { LookupResult } from '@/lib/contracts/form-lookups';
import type { ProfileChoice } from '@/lib/payment-profiles';
import { fieldLabel, lookupBadge, lookupSentence, proposalLines } from '../_words/lookup';
import type { LookUpState } from './look-up';

type Props = {
  state: LookUpState;
  action: (form: FormData) => void;
  pending: boolean;
  /** The profiles whose form can be filled from the merchant's system. */
  profiles: ProfileChoice[];
  onSubmit: () => void;
};

/** Above the form: fills it from the merchant's own system, by a reference. */
export function LookUpBar({ state, action, pending, profiles, onSubmit }: Props) {
  return (
    <section
      aria-labelledby="look-up-title"
      className="mb-5 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <h2 id="look-up-title" className="text-base font-semibold">
        From your own system
      </h2>
      <form
        action={action}
        onSubmit={onSubmit}
        aria-busy={pending}
        className="mt-3 flex flex-wrap items-end gap-3"
      >
        <div className="min-w-48 flex-1">
          <TextField
            name="lookupReference"
            label="Reference or customer number"
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            defaultValue={state.reference}
            onInput={refuseCard}
          />
        </div>
        {profiles.length > 1 ? (
          <div className="min-w-40">
            <SelectField
              name="lookupProfile"
              label="For the profile"
              defaultValue={state.profile || profiles.find(({ isDefault }) => isDefault)?.id}
            >
              {profiles.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
        ) : (
          <input type="hidden" name="lookupProfile" value={profiles[0]?.id} />
        )}
        <Button type="submit" kind="secondary" disabled={pending} className="max-sm:w-full">
          {pending ? 'Looking…' : 'Look up'}
        </Button>
      </form>
      <div aria-live="polite">
        {state.problem && (
          <div className="mt-4">
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
        {state.result && <Result result={state.result} />}
      </div>
    </section>
  );
}

function Result({ result }: { result: LookupResult }) {
  const [label, tone] = lookupBadge(result.outcome);
  const isFound = result.outcome === 'found';
  return (
    <section aria-label="What was found" className="mt-4 rounded-lg bg-sunken p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {isFound
            ? 'Filled in below. Check it, the amount above all, before you issue.'
            : `${lookupSentence(result)} Fill the form in by hand.`}
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      {isFound && <Found result={result} />}
    </section>
  );
}

const Found = ({ result }: { result: LookupResult }) => (
  <>
    <dl className="mt-2 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3 gap-y-0.5 text-sm">
      {proposalLines(result.proposals)
        .filter(([field]) => field !== 'lineItems')
        .map(([field, text]) => (
          <div key={field} className="contents">
            <dt className="text-muted">{fieldLabel(field)}</dt>
            <dd className="break-words">{text}</dd>
          </div>
        ))}
    </dl>
    {result.notes.length > 0 && (
      <p className="mt-2 text-sm text-warn">
        Left out: {result.notes.map(({ field, message }) => `${fieldLabel(field)} (${message})`).join(', ')}.
      </p>
    )}
  </>
);
