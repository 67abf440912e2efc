import { isAddress, isLoopback, isPublic } from './address.ts'

/** Where an organization's own model may answer: anywhere public, or also on this machine. */
export const endpointPolicies = ['public', 'local'] as const
export type EndpointPolicy = (typeof endpointPolicies)[number]

/** Why a request is never sent to this address, or undefined. What a name leads to is checked by `mayConnect`, each time. */
export function objectionToEndpoint(text: string, policy: EndpointPolicy): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'This is not an address.'
  if (url.username || url.password) return 'The address must not hold a name or a password.'
  if (url.search || url.hash) return 'The address must not hold a question or a fragment.'
  const host = hostOf(url)
  const here = host === 'localhost' || host.endsWith('.localhost') || isLoopback(host)
  if (here && policy === 'local') return undefined
  if (url.protocol !== 'https:') return 'The address must begin with https.'
  if (url.port !== '' && Number(url.port) < 1024) return 'The address must not use this port.'
  const open = isAddress(host) ? isPublic(host) : !here && host.includes('.')
  return open ? undefined : 'The address must be public.'
}

/** Whether a connection to this IP address may be made. */
export const mayConnect = (address: string, policy: EndpointPolicy): boolean =>
  isPublic(address) || (policy === 'local' && isLoopback(address))

/** The name or address of a host, without the brackets of IPv6 and the last dot. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
