/** The only fields a log line may carry. There is no free text here, so nothing of a card can get in. */
export type LogLine = {
  event: 'card.started' | 'card.request' | 'card.stopping' | 'card.stopped' | 'card.crashed';
  requestId?: string;
  method?: string;
  route?: string;
  status?: number;
  ms?: number;
  attempt?: string;
};

export type Log = (line: LogLine) => void;

/** One JSON line on standard output, field by field so that no other property of the argument slips through. */
export const logToStdout: Log = ({ event, requestId, method, route, status, ms, attempt }) => {
  const time = new Date().toISOString();
  process.stdout.write(`${JSON.stringify({ time, event, requestId, method, route, status, ms, attempt })}\n`);
};
