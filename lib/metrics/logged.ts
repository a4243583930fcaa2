import type { LogFields, Logger } from '../log';
import { metrics } from './registry';

type Told = { kind: string; name: string; outcome: string };
const outcomeOf = ({ state }: LogFields): string => String(state ?? 'done');

/** Lines that tell of a piece of work: what it was and how it ended. */
const WORK: Record<string, (fields: LogFields) => Told> = {
  job: (fields) => ({ kind: 'job', name: String(fields.job ?? ''), outcome: outcomeOf(fields) }),
  job_failed: ({ job }) => ({ kind: 'job', name: String(job ?? ''), outcome: 'threw' }),
  webhook_delivery: (fields) => named('webhook_delivery', fields),
  form_lookup: (fields) => named('form_lookup', fields),
};
const named = (kind: string, fields: LogFields): Told => ({ kind, name: kind, outcome: outcomeOf(fields) });

function note(event: string, fields: LogFields): void {
  const told = WORK[event]?.(fields);
  if (told && typeof fields.ms === 'number') metrics().work.observe(told, fields.ms / 1000);
}

/** A logger whose lines are counted: the log and the metrics tell of the same things. */
export function counted(log: Logger): Logger {
  const writing =
    (level: keyof Logger): Logger['info'] =>
    (event, fields = {}) => {
      note(event, fields);
      if (level !== 'info') metrics().faults.inc({ level, event });
      log[level](event, fields);
    };
  return { info: writing('info'), warn: writing('warn'), error: writing('error') };
}
