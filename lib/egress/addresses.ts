import ipaddr from 'ipaddr.js';

/** IPv4 that is not the public internet, from the IANA special-purpose registry; last, the platform address of Azure. */
const REFUSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
] as const;

/** Global unicast (RFC 4291). All else is refused: ::/96, mapped, translated, NAT64, ULA, link- and site-local, multicast. */
const ALLOWED_V6 = '2000::/3';
/** Inside it: protocol assignments with Teredo (2001::/32), documentation, 6to4, AS112. */
const REFUSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'] as const;

const v4 = REFUSED_V4.map((cidr) => ipaddr.IPv4.parseCIDR(cidr));
const v6 = REFUSED_V6.map((cidr) => ipaddr.IPv6.parseCIDR(cidr));
const v6Allowed = ipaddr.IPv6.parseCIDR(ALLOWED_V6);

/** True for an address of the public internet. Anything that does not read as an address is not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return !v4.some((cidr) => parsed.match(cidr));
  return parsed.match(v6Allowed) && !v6.some((cidr) => parsed.match(cidr));
}
