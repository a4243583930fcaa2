import type { Placeholder } from 'drizzle-orm';
import type { Executor } from './client';

/** A value, or the place that it is put in when the statement runs. */
export type Given<T> = T | Placeholder;

type Built<Row> = { execute: (values: Record<string, unknown>) => Promise<Row[]> };

/**
 * A statement that is the same at every time but for its values, which are given by the names of its placeholders. It is put
 * together once for each database: for a short statement that takes longer than sending it. In a transaction it is put together anew.
 */
export function builtOnce<Row>(
  build: (tx: Executor) => { prepare: (name: string) => Built<Row> },
): (tx: Executor, values: Record<string, unknown>) => Promise<Row[]> {
  const built = new WeakMap<Executor, Built<Row>>();
  return (tx, values) => {
    const one = built.get(tx) ?? build(tx).prepare('');
    built.set(tx, one);
    return one.execute(values);
  };
}
