/** One JSON line per event on standard output. Fields are named by the caller; bodies and card data never are. */
export type LogFields = Record<string, string | number | boolean | null>;
export type Log = (event: string, fields?: LogFields) => void;

export const consoleLog: Log = (event, fields = {}) => {
  const line = { at: new Date().toISOString(), process: 'sandbox', event, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
