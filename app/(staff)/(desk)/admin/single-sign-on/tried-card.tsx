import { Card } from '@/app/_components/card';
import { Notice } from '@/app/_components/notice';
import { REASONS, type Tried } from '@/lib/contracts/single-sign-on';
import { ROLE_NAMES } from '../../_words/roles';

/** What the last try showed. */
export function TriedCard({ tried: { reason, detail, role, isNew, claims } }: { tried: Tried }) {
  const all = Object.entries(claims);
  return (
    <Card id="tried" title="What the try showed">
      {reason ? (
        <Notice tone="bad">
          <p className="font-semibold">This person would be refused.</p>
          <p>{REASONS[reason]}</p>
          {detail && <p className="mt-1 font-mono text-sm wrap-anywhere">{detail}</p>}
        </Notice>
      ) : (
        <Notice tone="ok">
          <p className="font-semibold">
            This person would come in{role && ` as ${ROLE_NAMES[role].toLowerCase()}`}.
          </p>
          {isNew && <p>An account would be made for them.</p>}
        </Notice>
      )}
      {all.length > 0 && (
        <>
          <h3 className="mt-4 font-medium">What the provider said</h3>
          <dl className="mt-1 space-y-1.5">
            {all.map(([name, value]) => (
              <div key={name}>
                <dt className="font-mono text-sm text-muted">{name}</dt>
                <dd className="font-mono text-sm wrap-anywhere">
                  {typeof value === 'string' ? value : JSON.stringify(value)}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Card>
  );
}
