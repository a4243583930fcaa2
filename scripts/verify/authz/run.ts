/** Every way in × every actor × two merchants, held against the matrix. */
import { ACTORS, type Actor } from './actors';
import { ask, REFUSED } from './ask';
import { type Called, type Caller, difference, plain, prepare } from './call';
import { changed, type Digest } from './digest';
import { EVERYBODY, type Row } from './rows';
import { Cell, type Store, type Whose } from './things';

/** A cell that is not as the matrix says; `actor` null where it is the row as a whole. */
export type Fault = { way: string; actor: Actor | null; what: string };
export type Result = { cells: number; faults: Fault[] };

const AT_ONCE = 12;
const LABEL: Record<Whose, string> = { own: 'the own', other: 'the other merchant’s', missing: 'nobody’s' };

export class Run {
  cells = 0;
  readonly faults: Fault[] = [];

  constructor(
    private readonly caller: Caller,
    private readonly store: Store,
    private readonly digest: Digest,
    /** What is for everybody is tried by one, and another merchant’s only by those who are let in. */
    private readonly isQuick: boolean,
  ) {}

  private fault({ way }: Row, actor: Actor | null, what: string): void {
    this.faults.push({ way, actor, what });
  }

  /** Those whom a row concerns. */
  private actorsOf(row: Row): Actor[] {
    const all = ACTORS.filter((actor) => row.isGuarded || !actor.endsWith('origin'));
    return this.isQuick && row.may.size === EVERYBODY.length ? ['anonymous'] : all;
  }

  private cell(row: Row, actor: Actor, whose: Whose, isFresh = false): Cell {
    return new Cell(this.store, actor, whose, row.holders, isFresh);
  }

  /** All that must be refused of one row; together they change nothing. */
  async refusals(row: Row): Promise<void> {
    const probe = this.cell(row, 'anonymous', 'missing');
    await row.send(probe);
    const others = probe.isAbout && row.reach === 'own';
    const none = probe.isAbout && row.reach !== 'all';
    const work: (() => Promise<void>)[] = [];
    for (const actor of this.actorsOf(row)) {
      if (!row.may.has(actor))
        for (const whose of others && !this.isQuick ? (['own', 'other'] as const) : (['own'] as const))
          work.push(await this.refused(row, this.cell(row, actor, whose)));
      else if (none) work.push(await this.missed(row, actor, others));
    }
    const before = await this.digest.all();
    await inTurns(work);
    const after = changed(before, await this.digest.all());
    if (after.length > 0) this.fault(row, null, `calls that were refused have changed ${after.join(', ')}`);
  }

  /** Prepares one call; what it gives makes it, once. */
  private async ready(row: Row, cell: Cell): Promise<() => Promise<Called>> {
    const send = await prepare(this.caller, row, cell);
    return async () => {
      this.cells += 1;
      const called = await send();
      if (called.body.includes(this.store.house.theirs.mark))
        this.fault(row, cell.actor, `asked for ${LABEL[cell.whose]}, it tells of the other merchant`);
      return called;
    };
  }

  private async refused(row: Row, cell: Cell): Promise<() => Promise<void>> {
    const send = await this.ready(row, cell);
    return async () => {
      const { verdict, status, body } = await send();
      const about = `asked for ${LABEL[cell.whose]}`;
      if (!REFUSED.includes(verdict))
        this.fault(
          row,
          cell.actor,
          `${about}, must be refused, is: ${verdict} (${status}) ${body.slice(0, 300)}`,
        );
      else if (body.includes(this.store.house.ours.mark))
        this.fault(row, cell.actor, `${about}, refused and yet told`);
    };
  }

  /** What is another merchant's is not there, and is told as what is nobody's. */
  private async missed(row: Row, actor: Actor, withOther: boolean): Promise<() => Promise<void>> {
    const [missing, other] = [this.cell(row, actor, 'missing'), this.cell(row, actor, 'other')];
    const sendMissing = await this.ready(row, missing);
    const sendOther = withOther ? await this.ready(row, other) : null;
    return async () => {
      const none = await sendMissing();
      this.mustMiss(row, missing, none);
      const theirs = await sendOther?.();
      if (!theirs) return;
      this.mustMiss(row, other, theirs);
      const [told, usual] = [plain(theirs, other.asked), plain(none, missing.asked)];
      if (told !== usual)
        this.fault(
          row,
          actor,
          `the other merchant’s is answered otherwise than nobody’s: ${difference(told, usual)}`,
        );
    };
  }

  private mustMiss(row: Row, { actor, whose }: Cell, { verdict, status, body }: Called): void {
    if (verdict === row.misses || (row.misses === 'not found' && REFUSED.includes(verdict))) return;
    const is = `${verdict} (${status}) ${body.slice(0, 300)}`;
    this.fault(row, actor, `asked for ${LABEL[whose]}, must be ${row.misses}, is: ${is}`);
  }

  /** All that must be let in. What an act is about is new for each. */
  async admissions(row: Row): Promise<void> {
    const isRead = /^(page|(card |worker )?(GET|HEAD)) /.test(row.way);
    const wanted = row.stopsAt ?? 'let in';
    const work = this.actorsOf(row)
      .filter((actor) => row.may.has(actor))
      .map((actor) => async () => {
        const send = await this.ready(row, this.cell(row, actor, 'own', !isRead || row.isSpent));
        const { verdict, status, body } = await send();
        if (verdict !== wanted)
          this.fault(row, actor, `must be ${wanted}, is: ${verdict} (${status}) ${body.slice(0, 200)}`);
      });
    await inTurns(work, row.isAlone ? 1 : AT_ONCE);
  }

  /** A method that a path does not have. */
  async wrongMethod(way: string): Promise<void> {
    const [method = '', path = ''] = way.split(' ');
    const work = (this.isQuick ? (['owner'] as const) : (['anonymous', 'owner', 'key'] as const)).map(
      (actor) => async () => {
        this.cells += 1;
        const row = { way, scope: null, signs: null, isPayers: false };
        const about = { body: '', session: '', site: this.caller.origins.portal };
        const headers = await this.caller.actors.headersOf(actor, row, about, false);
        const { portal } = this.caller.origins;
        const { status } = await ask({
          origin: portal,
          method,
          path: path.replace(/\[[^\]]*\]/g, 'x'),
          headers,
        });
        if (status !== (method === 'OPTIONS' ? 204 : 405))
          this.faults.push({ way, actor, what: `the path does not have it, and answers ${status}` });
      },
    );
    await inTurns(work);
  }
}

/** A few at once, so that the portal is busy and not drowned. */
async function inTurns(work: readonly (() => Promise<void>)[], atOnce = AT_ONCE): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < work.length; at = next++) await work[at]?.();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
