/** Which addresses belong to the public internet. */
import ipaddr from 'ipaddr.js';

/** False for everything special: private, link-local (cloud metadata), shared, mapped, tunnelled, reserved. */
export function isPublic(ip: string): boolean {
  return rangeOf(ip) === 'unicast';
}

export function isLoopback(ip: string): boolean {
  return rangeOf(ip) === 'loopback';
}

/** Of a name or an address as it stands in a setting or in a URL, where IPv6 has brackets. */
export function isLoopbackHost(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopback(host.replace(/^\[(.*)\]$/, '$1'));
}

/** An IPv4 address in IPv6 clothing is judged as the IPv4 address it is. */
function rangeOf(ip: string): string | undefined {
  return ipaddr.isValid(ip) ? ipaddr.process(ip).range() : undefined;
}
