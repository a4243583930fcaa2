import type { Start } from './workspace';

export type StartParams = Promise<Record<'call' | 'reference' | 'session', string | string[] | undefined>>;

/** What the address says, each once and not longer than it can be. */
export async function startOf(params: StartParams): Promise<Start> {
  const given = await params;
  const one = (name: 'call' | 'reference' | 'session', most: number) => {
    const text = given[name];
    return typeof text === 'string' && text !== '' ? { [name]: text.slice(0, most) } : {};
  };
  return { ...one('call', 100), ...one('reference', 64), ...one('session', 64) };
}
