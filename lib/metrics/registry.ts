import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** In seconds. Names follow OpenTelemetry's conventions where they have one. Source: Prometheus, metric and label naming. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const standing = (name: string, help: string, labels: string[] = []) => ({
    labels,
    gauge: new Gauge({ name: `counterfoil_${name}`, help, labelNames: labels, registers }),
  });
  return {
    registry,
    requests: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'How long requests took, by method, route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    work: new Histogram({
      name: 'counterfoil_work_duration_seconds',
      help: 'How long a job, a delivery of a webhook or a call to another system took, by what it was and how it ended.',
      labelNames: ['kind', 'name', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    faults: new Counter({
      name: 'counterfoil_log_lines_total',
      help: 'Warnings and errors in the log, by level and event.',
      labelNames: ['level', 'event'],
      registers,
    }),
    /** By the kinds that the database tells. */
    standing: {
      attempts: standing(
        'payment_attempts_recent',
        'Payment attempts submitted within five minutes, by state.',
        ['state'],
      ),
      unknown: standing('payment_attempts_unknown', 'Payment attempts whose outcome nobody knows yet.'),
      waiting: standing('webhook_deliveries_waiting', 'Deliveries of webhooks that are due.'),
      lag: standing('webhook_deliveries_lag_seconds', 'How long the oldest of them has been due.'),
      jobs: standing('jobs', 'Jobs in the queue, by task and state: waiting, running, failed.', [
        'task',
        'state',
      ]),
      alerts: standing('alerts_open', 'Alerts that nobody has put away, by kind.', ['kind']),
      unsealed: standing(
        'audit_unsealed_seconds',
        'How long the end of the audit trail has not been sealed.',
      ),
      auditFaults: standing(
        'audit_faults',
        'What the last check of the audit trail found that does not hold.',
      ),
      auditCheck: standing('audit_check_age_seconds', 'When the audit trail was last checked to its end.'),
      outside: standing(
        'rows_outside_partitions',
        'Rows that came when the partition of their time was missing, by table; up to 10,000.',
        ['table'],
      ),
      pageLook: standing('page_look_age_seconds', 'When the payer’s page was last looked at, and as signed.'),
    },
  };
}
export type Metrics = ReturnType<typeof make>;

const KEY = Symbol.for('counterfoil.metrics');
type Home = { [KEY]?: Metrics };

/** What this process counts. One for all, however often a bundler has put this module into it. */
export function metrics(): Metrics {
  const home = globalThis as Home;
  home[KEY] ??= make();
  return home[KEY];
}
