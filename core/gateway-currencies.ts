import { exponentOf, isCurrency, type Money, UNITS_OF_ACCOUNT } from './money';

/** How a gateway writes amounts, where that is not ISO 4217. */
type Deviations = {
  /** The currencies it takes; without it every one but units of account. */
  takes?: readonly string[];
  /** Digits after the point on its wire. */
  digits?: Readonly<Record<string, number>>;
  /** It takes three digits, but the last must be 0. */
  thirdDigitZero?: true;
  unitsOfAccount?: true;
};

/** From the gateways' own currency pages: Adyen "differs from standard", Stripe "special cases", SumUp "supported currency codes". */
const GATEWAYS = {
  sandbox: { unitsOfAccount: true },
  adyen: { digits: { CLP: 2, CVE: 0, IDR: 0, ISK: 2 } },
  stripe: { digits: { ISK: 2, MGA: 0, UGX: 2 }, thirdDigitZero: true },
  sumup: {
    takes: 'AUD BRL CAD CHF CLP COP CZK DKK EUR GBP HUF MXN NOK PEN PLN RON SEK USD'.split(' '),
    digits: { COP: 0, HUF: 0 },
  },
} as const satisfies Record<string, Deviations>;
export type WireGateway = keyof typeof GATEWAYS;
export const WIRE_GATEWAYS = Object.keys(GATEWAYS) as WireGateway[];

/** True when a gateway takes this currency at all. Whether an account there is enabled for it, only the gateway knows. */
export function takesCurrency(gateway: WireGateway, currency: string): boolean {
  const { takes, unitsOfAccount }: Deviations = GATEWAYS[gateway];
  if (!isCurrency(currency)) return false;
  return takes ? takes.includes(currency) : unitsOfAccount === true || !UNITS_OF_ACCOUNT.includes(currency);
}

const isExact = (gateway: WireGateway, currency: string, amountMinor: number): boolean => {
  const { thirdDigitZero }: Deviations = GATEWAYS[gateway];
  return (
    Number.isSafeInteger(amountMinor) &&
    !(thirdDigitZero && exponentOf(currency) === 3 && amountMinor % 10 !== 0)
  );
};

/** Digits on the wire less those of ISO 4217. */
const shiftOf = (gateway: WireGateway, currency: string): number => {
  const { digits }: Deviations = GATEWAYS[gateway];
  return (digits?.[currency] ?? exponentOf(currency)) - exponentOf(currency);
};

/** An integer times ten to the `shift`; null when that is not an integer that is kept exactly. */
function shifted(amount: number, shift: number): number | null {
  const factor = 10 ** Math.abs(shift);
  if (shift < 0 && amount % factor !== 0) return null;
  const result = shift < 0 ? amount / factor : amount * factor;
  return Number.isSafeInteger(result) ? result : null;
}

/** An amount as a gateway wants it written, an integer; null when it cannot be written exactly. Never rounded. */
export function toWire(gateway: WireGateway, { amountMinor, currency }: Money): number | null {
  if (!takesCurrency(gateway, currency) || !isExact(gateway, currency, amountMinor)) return null;
  return shifted(amountMinor, shiftOf(gateway, currency));
}

/** What a gateway wrote, as our money; null when it is no exact amount of that currency. */
export function fromWire(gateway: WireGateway, wire: number, currency: string): Money | null {
  if (!takesCurrency(gateway, currency) || !Number.isSafeInteger(wire)) return null;
  const amountMinor = shifted(wire, -shiftOf(gateway, currency));
  if (amountMinor === null || !isExact(gateway, currency, amountMinor)) return null;
  return { amountMinor, currency };
}
