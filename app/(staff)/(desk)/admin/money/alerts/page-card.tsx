'use client';
import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Ago, Time } from '@/app/_components/time';
import type { PageCheck } from '@/lib/contracts/reconciliation';

type Props = { check: PageCheck | null; zone: string };

const RESULTS = {
  as_signed: { tone: 'ok', word: 'As signed' },
  differs: { tone: 'bad', word: 'Changed' },
  not_looked: { tone: 'warn', word: 'Not looked at' },
} as const;
const SHOWN = 8;

/** When a browser last looked whether what payers get is what was signed, and what it saw. */
export function PageCard({ check, zone }: Props) {
  const result = check && RESULTS[check.result];
  return (
    <Card
      id="pay-page"
      title="The payer’s page"
      className="max-w-3xl"
      aside={result ? <Badge tone={result.tone}>{result.word}</Badge> : <Badge>Never</Badge>}
    >
      {check ? (
        <>
          <p>
            A browser last looked at it <Ago at={check.lookedAt} />, at{' '}
            <Time at={check.lookedAt} zone={zone} style="full" />.
          </p>
          <Findings all={check.findings} />
        </>
      ) : (
        <p className="text-muted">
          Nobody has looked yet. Sign the page once, and the worker looks each hour whether its scripts,
          frames, forms and headers are still those: operations.md, “The payer’s page”.
        </p>
      )}
    </Card>
  );
}

const Findings = ({ all }: { all: readonly string[] }) =>
  all.length > 0 && (
    <ul className="mt-2 list-disc space-y-1 pl-5 text-sm [overflow-wrap:anywhere]">
      {all.slice(0, SHOWN).map((one) => (
        <li key={one}>{one}</li>
      ))}
      {all.length > SHOWN && <li>and {all.length - SHOWN} more</li>}
    </ul>
  );
