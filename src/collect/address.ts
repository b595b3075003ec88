import dns, { type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are nobody's on the open internet: our own, special ones, and what hides another. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by the customers of a provider
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: clouds tell secrets there
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4'); // holds for addresses mapped into IPv6 as well
}
for (const [network, prefix] of [
  ['::', 96], // unspecified, loopback, and IPv4 in an old form
  ['64:ff9b::', 96], // IPv4 behind a translator
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23], // tunnels
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['2002::', 16], // IPv4 in a tunnel
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Says of an IP address whether something may be fetched from there. */
export type AddressRule = (address: string) => boolean;

/** Those of the open internet; what is no address is none of them. */
export const isPublic: AddressRule = (address) => {
  const family = isIP(address);
  return family !== 0 && !PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/** A host has no address that anything may be fetched from. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** Refuses a host that is itself such an address; names are judged when they are looked up. */
export function checkHost({ hostname }: URL, isAllowed: AddressRule): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !isAllowed(address)) throw new PrivateAddress(hostname);
}

/** The system’s way to look names up, or one for tests. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks names up for connections, and hands out allowed addresses only. A connection is made to just
 * these: a name that changes its address between a check and the connection gains nothing.
 */
export function lookupAllowed(
  isAllowed: AddressRule,
  resolve: Resolve = dns.lookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (first === undefined) return callback(new PrivateAddress(hostname), '');
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}
