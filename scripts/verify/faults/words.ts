/** An error in words. What was thrown on purpose says what it must; of anything else the place must be known as well. */
const PLACES = 4;

export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.constructor === Error || !error.stack) return error.message;
  return error.stack
    .split('\n')
    .slice(0, 1 + PLACES)
    .map((line) => line.trim())
    .join(' ');
}
