import ipaddr from 'ipaddr.js';
import { SHARED_NETWORK } from '@/core/card-testing';
import type { Ctx } from './context';

const HEXTETS_OF_64 = 4;

/** An address by its real kind: an IPv4 one written as IPv6 is IPv4. Null for what is no address. */
const parse = (address: string) => (ipaddr.isValid(address) ? ipaddr.process(address) : null);

/** The network that an address stands for, in one spelling: an IPv4 address itself, an IPv6 one its /64. */
export function networkOf(address: string): string {
  const parsed = parse(address);
  if (!parsed) return SHARED_NETWORK;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const prefix = parsed.parts.slice(0, HEXTETS_OF_64).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}

/** One spelling of a network in CIDR notation; a single address is a network of one. Null for what is none. */
export function asCidr(text: string): string | null {
  if (!text.includes('/')) {
    const alone = parse(text);
    return alone && `${alone.toString()}/${alone.kind() === 'ipv4' ? 32 : 128}`;
  }
  if (!ipaddr.isValidCIDR(text)) return null;
  const [address, bits] = ipaddr.parseCIDR(text);
  return `${address.toString()}/${bits}`;
}

/** True where an address lies in one of the networks. What is no address lies in none. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const parsed = parse(address);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    if (parsed instanceof ipaddr.IPv4) return base instanceof ipaddr.IPv4 && parsed.match(base, bits);
    return parsed !== null && base instanceof ipaddr.IPv6 && parsed.match(base, bits);
  });
}

/**
 * The network a payer's budget is counted by. An address that is not public tells nothing of the payer (a proxy that was
 * not declared, the machine itself): such payers share one budget; in a demo they have none.
 */
export function payerNetwork({ address, config }: Pick<Ctx, 'address' | 'config'>): string | undefined {
  if (address !== undefined && parse(address)?.range() === 'unicast') return networkOf(address);
  return config.mode === 'demo' ? undefined : SHARED_NETWORK;
}
