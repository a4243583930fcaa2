import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { LookupOccasion } from '@/core/crm';
import type { LookupCall } from '@/lib/contracts/form-lookups';
import { fieldLabel, lookupBadge, lookupSentence } from '../../../_words/lookup';

const OCCASIONS: Record<LookupOccasion, string> = {
  form: 'from the form',
  api: 'by API',
  payer: 'on the pay page',
  test: 'as a test',
};

/** The newest lookups. What an answer said of people is masked. */
export const LookupLog = ({ calls, zone }: { calls: LookupCall[]; zone: string }) => (
  <Card id="lookups" title="The newest lookups">
    {calls.length === 0 && <p className="text-muted">Nobody has looked anything up yet.</p>}
    <ul
      className="max-h-[32rem] divide-y divide-line overflow-y-auto"
      tabIndex={calls.length > 6 ? 0 : undefined}
    >
      {calls.map((call) => (
        <Line key={call.id} call={call} zone={zone} />
      ))}
    </ul>
    {calls.length > 0 && (
      <p className="mt-3 text-sm text-muted">Kept for 30 days. Values of the answers are masked.</p>
    )}
  </Card>
);

function Line({ call, zone }: { call: LookupCall; zone: string }) {
  const [label, tone] = lookupBadge(call.outcome);
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 font-medium break-all">{call.reference ?? 'No reference'}</p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-sm text-muted">
        <Time at={call.at} zone={zone} /> · {call.actor}, {OCCASIONS[call.occasion]} · {call.durationMs} ms
      </p>
      {call.outcome !== 'found' && <p className="text-sm">{lookupSentence(call)}</p>}
      {call.answer && (
        <details>
          <summary className="min-h-8 cursor-pointer text-sm text-accent">
            {call.proposed.length > 0 ? call.proposed.map(fieldLabel).join(', ') : 'What came back'}
          </summary>
          <pre className="mt-1 max-h-60 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
            {call.answer}
          </pre>
        </details>
      )}
    </li>
  );
}
