import { freshCard } from '../scan/canary';
import { type Needle, needlesOf } from '../scan/scanner';
import type { Card } from '../scan/spellings';

/**
 * Where a card was given. `form`: in the card form or to the card process, where cards belong. `portal`: at an address of
 * the portal, where none belongs and each must be refused or ignored.
 */
export type Given = 'form' | 'portal';
type Known = { of: string; given: Given; card: Card };

/** The fresh cards of one run, each under the name of what was done with it. */
export class Cards {
  readonly #known: Known[] = [];

  take(of: string, given: Given, prefix = '411111', length = 16): Card {
    return this.add(of, given, freshCard(prefix, length));
  }

  add(of: string, given: Given, card: Card): Card {
    if (this.givenOf(of)) throw new Error(`two cards are called ${of}`);
    this.#known.push({ of, given, card });
    return card;
  }

  get count(): number {
    return this.#known.length;
  }

  givenOf = (of: string): Given | undefined => this.#known.find((known) => known.of === of)?.given;

  needles = (): Needle[] => this.#known.flatMap(({ of, card }) => needlesOf(of, card));
}
