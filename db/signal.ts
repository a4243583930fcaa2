import postgres from 'postgres';

const CHANNEL = 'counterfoil_webhooks';
/** Hints are gathered for so long: one statement tells of many commits. */
const GATHER_MS = 5;

export type Signal = {
  /** Tells the workers that something was committed for them. Never throws, never waits: it is only a hint. */
  notify: () => void;
  /** Hears such hints, also after the connection was lost and had again. */
  listen: (heard: () => void) => void;
  close: () => Promise<void>;
};

/** Hints between processes, over a direct connection of its own and outside every transaction. Nothing relies on them. */
export function openSignal(directUrl: string): Signal {
  const sql = postgres(directUrl, { max: 1, idle_timeout: 60, connect_timeout: 5, onnotice: () => {} });
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    timer = undefined;
    sql.notify(CHANNEL, '').catch(() => {});
  };
  return {
    notify: () => {
      timer ??= setTimeout(send, GATHER_MS);
    },
    listen: (heard) => {
      sql.listen(CHANNEL, heard, heard).catch(() => {});
    },
    close: async () => {
      clearTimeout(timer);
      await sql.end({ timeout: 1 });
    },
  };
}
