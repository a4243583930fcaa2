/** Every place where a card number could be left. */
export const SINKS = {
  tables: 'database: tables',
  queue: 'database: job queue',
  answers: 'API answers and staff pages',
  desk: 'agent’s desk, live; telephone: record and log',
  inbox: 'messages: SMS and e-mail',
  webhooks: 'webhooks received',
  storage: 'browser: storage and cookies',
  held: 'memory: a process of this check',
  portal: 'memory: portal',
  worker: 'memory: worker',
  postgres: 'memory: PostgreSQL',
  card: 'memory: card process',
  cluster: 'PostgreSQL: files',
  wal: 'PostgreSQL: write-ahead log',
  logs: 'logs of every process',
  traces: 'traces, as a collector gets them',
  journals: 'sandbox: journals',
  dataDir: 'data directory: the rest',
  build: 'build: .next and dist',
  profile: 'browser: profile folder',
} as const;
export type Sink = (typeof SINKS)[keyof typeof SINKS];

/** What can be planted in each: any bytes, or text alone. What is not here shares its reader with one that is. */
export const PLANTED: Partial<Record<Sink, 'text' | 'bytes'>> = {
  [SINKS.tables]: 'bytes',
  [SINKS.queue]: 'text',
  [SINKS.answers]: 'text',
  [SINKS.inbox]: 'text',
  [SINKS.webhooks]: 'text',
  [SINKS.storage]: 'text',
  [SINKS.held]: 'bytes',
  [SINKS.portal]: 'bytes',
  [SINKS.postgres]: 'text',
  [SINKS.cluster]: 'bytes',
  [SINKS.wal]: 'bytes',
  [SINKS.logs]: 'bytes',
  [SINKS.journals]: 'bytes',
  [SINKS.dataDir]: 'bytes',
  [SINKS.build]: 'bytes',
  [SINKS.profile]: 'bytes',
};
/** Where compressed files are planted too. */
export const PACKED: readonly Sink[] = [SINKS.logs, SINKS.build];
