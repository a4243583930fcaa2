'use client';
import { useRef, useState } from 'react';
import { timeText } from '@/app/_components/format';
import { Ago } from '@/app/_components/time';
import type { AppError } from '@/core/outcome';
import { ActDialog } from '../../../../_parts/act-dialog';
import { useVersion } from '../../../../_parts/use-version';
import { changeLink } from '../actions';
import { Choice } from './choice';
import type { ActProps } from './props';

const HOURS = [1, 6, 24, 48];
const HOUR_MS = 3_600_000;

/** Moves the link's end, ahead or back, up to 72 hours from its issue. */
export function EndDialog({ history, zone, queryKey, open, onClose }: ActProps) {
  const { link, standing } = history;
  const { change } = useVersion(link);
  const moved = useRef(link.version);
  const submit = async (form: FormData) => {
    const expiresAt = String(form.get('end') ?? '');
    const outcome = await change((version) => changeLink(link.id, version, { expiresAt }));
    if (outcome.ok) moved.current = outcome.value.version;
    return outcome;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Move the pay-by time"
      label="Move it"
      working="Moving…"
      done="The pay-by time is moved."
      queryKey={queryKey}
      onSubmit={submit}
      undo={{
        work: () => changeLink(link.id, moved.current, { expiresAt: link.expiresAt }),
        done: 'The pay-by time is as it was.',
      }}
      explain={({ code, message }: AppError) =>
        code === 'version_mismatch'
          ? `The link has changed while this was open. It now ends ${timeText(link.expiresAt, zone)}. Press again to move it all the same.`
          : message
      }
    >
      <Ends expiresAt={link.expiresAt} latest={standing.latestEnd} zone={zone} />
    </ActDialog>
  );
}

function Ends({ expiresAt, latest, zone }: { expiresAt: string; latest: string; zone: string }) {
  const [now] = useState(() => Date.now());
  const early = HOURS.map((hours) => ({ hours, at: new Date(now + hours * HOUR_MS).toISOString() })).filter(
    ({ at }) => at < latest,
  );
  const isLatest = expiresAt === latest;
  const [end, setEnd] = useState(isLatest ? (early.at(-1)?.at ?? latest) : latest);
  return (
    <>
      <p className="text-muted">
        It now ends {timeText(expiresAt, zone, 'long')}, <Ago at={expiresAt} />.
        {isLatest && ' That is as late as it can be, 72 hours from its issue. For longer, issue it anew.'}
      </p>
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">New pay-by time</legend>
        {early.map(({ hours, at }) => (
          <Choice key={hours} name="end" value={at} checked={end === at} onChoose={setEnd}>
            In {hours === 1 ? '1 hour' : `${hours} hours`}: {timeText(at, zone)}
          </Choice>
        ))}
        {!isLatest && (
          <Choice name="end" value={latest} checked={end === latest} onChoose={setEnd}>
            As late as it can be: {timeText(latest, zone)}
          </Choice>
        )}
      </fieldset>
    </>
  );
}
