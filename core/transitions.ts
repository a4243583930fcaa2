/** A state machine as a table: from each state, the states it may move to. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

export const canMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean =>
  table[from].includes(to);

/** The states from which `to` may be reached in one step: the predicate of a compare-and-set. */
export const sourcesOf = <S extends string>(table: Transitions<S>, to: S): S[] =>
  (Object.keys(table) as S[]).filter((from) => table[from].includes(to));

export const isFinal = <S extends string>(table: Transitions<S>, state: S): boolean =>
  table[state].length === 0;
