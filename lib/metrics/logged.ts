import type { LogFields, Logger } from '../log';
import { metrics } from './registry';

/** Lines that tell of a piece of work: which field names it, which how it ended. */
const WORK: Record<string, { name: keyof LogFields | null; outcome: keyof LogFields }> = {
  job: { name: 'job', outcome: 'state' },
  job_failed: { name: 'job', outcome: 'code' },
  webhook_delivery: { name: null, outcome: 'state' },
  form_lookup: { name: null, outcome: 'state' },
};

const endOf = (event: string, value: LogFields[keyof LogFields]): string =>
  event === 'job_failed' ? 'threw' : String(value ?? 'done');

function note(event: string, fields: LogFields): void {
  const work = WORK[event];
  if (!work || typeof fields.ms !== 'number') return;
  const kind = event === 'job_failed' ? 'job' : event;
  const name = work.name ? String(fields[work.name] ?? '') : kind;
  const outcome = endOf(event, fields[work.outcome]);
  metrics().work.observe({ kind, name, outcome }, fields.ms / 1000);
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
