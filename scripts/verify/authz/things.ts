/** What a cell is about: the own merchant's, the other merchant's, or nobody's. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from './actors';
import type { House } from './house';
import { MAKERS } from './makers';

export type Kind = keyof typeof MAKERS;
export type Thing<K extends Kind> = Awaited<ReturnType<(typeof MAKERS)[K]>>;
export type Whose = 'own' | 'other' | 'missing';
type Any = Record<string, string>;

const UUID = /^[0-9a-f]{8}-/;
/** Of the same form, and nobody's. */
function unlike(value: string): string {
  const [, prefix] = /^([a-z]+)_[0-9a-hjkmnp-tv-z]{26}$/.exec(value) ?? [];
  if (prefix) return `${prefix}_01${randomUUID().replaceAll('-', '').slice(0, 24)}`;
  if (UUID.test(value)) return randomUUID();
  const [, kind] = /^(cf[a-z]_)[\w-]{43}$/.exec(value) ?? [];
  if (kind) return kind + randomBytes(32).toString('base64url');
  return /^[\w-]{40,}$/.test(value)
    ? randomBytes(value.length).toString('base64url').slice(0, value.length)
    : `no-${randomUUID()}`;
}
const nobodys = (thing: Any): Any =>
  Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, unlike(value)]));

/** Things that many cells share: those of acts that are refused, and of reads. */
export class Store {
  private readonly made = new Map<string, Promise<Any>>();

  constructor(readonly house: House) {}

  /** The one that is shared. */
  shared(kind: Kind, whose: 'own' | 'other'): Promise<Any> {
    const key = `${whose} ${kind}`;
    const known = this.made.get(key) ?? this.fresh(kind, whose);
    this.made.set(key, known);
    return known;
  }

  fresh(kind: Kind, whose: 'own' | 'other'): Promise<Any> {
    const { house } = this;
    return MAKERS[kind]({ house, merchant: whose === 'own' ? house.ours : house.theirs });
  }
}

/** One call of one actor. `isFresh`: what it is about is used up by it. */
export class Cell {
  private readonly made = new Map<Kind, Promise<Any>>();
  private readonly kinds = new Set<Kind>();
  /** The ids that were asked with: an answer may differ in them alone. */
  readonly asked = new Set<string>();

  constructor(
    readonly store: Store,
    readonly actor: Actor,
    readonly whose: Whose,
    private readonly holders: readonly Actor[],
    /** It is let in: what it is about is its own. */
    readonly isFresh: boolean,
  ) {}

  get house(): House {
    return this.store.house;
  }

  /** Whether what is held out is truly theirs. */
  get isHolder(): boolean {
    return this.holders.includes(this.actor);
  }

  /** Whether it is about anything at all. */
  get isAbout(): boolean {
    return this.kinds.size > 0;
  }

  /** What it is about. */
  async one<K extends Kind>(kind: K): Promise<Thing<K>> {
    this.kinds.add(kind);
    if (this.whose === 'own') return this.own(kind);
    const theirs = await this.store.shared(kind, 'other');
    const thing = this.whose === 'other' ? theirs : nobodys(theirs);
    for (const value of Object.values(thing)) this.asked.add(value);
    return thing as Thing<K>;
  }

  /** What only its rightful holder has, as an address in a message: made up by anybody else, and where it is nobody's. */
  async held<K extends Kind>(kind: K): Promise<Thing<K>> {
    const own = await this.own(kind);
    return this.isHolder ? own : (nobodys(own) as Thing<K>);
  }

  /** How the own merchant must stand before an act that is let in. */
  async before(kind: Kind): Promise<void> {
    if (this.isFresh) await this.own(kind);
  }

  /** The own merchant's, whoever acts. */
  async own<K extends Kind>(kind: K): Promise<Thing<K>> {
    const known =
      this.made.get(kind) ?? (this.isFresh ? this.store.fresh(kind, 'own') : this.store.shared(kind, 'own'));
    this.made.set(kind, known);
    return (await known) as Thing<K>;
  }
}
