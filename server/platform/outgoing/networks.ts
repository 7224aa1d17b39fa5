import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
/** A range of addresses and how many of its bits are fixed. */
type Network = Readonly<{ address: Address; bits: number }>
/** Networks inside that the configuration opens to what leaves the house. */
export type Networks = readonly Network[]

/** A whole family of addresses is not a network of the own: no rule would be left. */
const WIDEST = { ipv4: 8, ipv6: 32 } as const

/**
 * Reads `10.20.0.0/16, 192.168.1.7`; what is wrong with a part of it comes as a problem in words,
 * such as a network wider than /8, or /32 of IPv6.
 */
export function readNetworks(text: string): { networks: Networks; problems: readonly string[] } {
  const networks: Network[] = []
  const problems: string[] = []
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue
    const network = networkOf(part)
    if (network === undefined) problems.push(`${part}: no address and no network`)
    else if (network.bits < WIDEST[network.address.kind()])
      problems.push(`${part}: wider than /${WIDEST[network.address.kind()]}`)
    else networks.push(network)
  }
  return { networks, problems }
}

function networkOf(part: string): Network | undefined {
  const [text = '', width, ...more] = part.split('/')
  const address = addressOf(text)
  if (!address || more.length > 0) return undefined
  const most = address.kind() === 'ipv4' ? 32 : 128
  if (width === undefined) return { address, bits: most }
  const bits = /^\d{1,3}$/.test(width) ? Number(width) : most + 1
  return bits > most ? undefined : { address, bits }
}

/**
 * Whether something may be sent to an address: to any host of the public internet, and to what the
 * configuration opens. Never to what is no host, nor to where clouds keep the keys of a machine.
 */
export function mayReach(text: string, opened: Networks): boolean {
  const address = addressOf(text)
  if (!address || isNever(address)) return false
  return isPublic(address) || isWithin(address, opened)
}

/** Whether the configuration opens the address, so that even plain HTTP may go there. */
export function isOpened(text: string, opened: Networks): boolean {
  const address = addressOf(text)
  return address !== undefined && !isNever(address) && isWithin(address, opened)
}

/** Dotted decimal or IPv6: in other notations an address is not taken for one. */
function addressOf(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined
}

function isWithin(address: Address, networks: Networks): boolean {
  return networks.some(
    (network) =>
      network.address.kind() === address.kind() && address.match(network.address, network.bits),
  )
}

/** Kinds of address that no configuration opens. */
const NEVER: ReadonlySet<string> = new Set([
  ...['unspecified', 'multicast', 'broadcast', 'linkLocal', 'discard'],
  ...['ipv4Mapped', 'rfc6145', 'rfc6052', '6to4', 'teredo'],
])
/** Where clouds tell a machine its keys, beyond the link-local 169.254.169.254. */
const METADATA = [
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]
const METADATA_NETWORKS: Networks = METADATA.flatMap((each) => networkOf(each) ?? [])

const isNever = (address: Address): boolean =>
  NEVER.has(address.range()) || isWithin(address, METADATA_NETWORKS) || embedsAnother(address)

/**
 * Global unicast. Of IPv6 that is 2000::/3 less what is set apart in it: everything else, such as the
 * IPv4-compatible ::/96, is no address of a host out there.
 */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL)
}
const GLOBAL: Networks = ['2000::/3'].flatMap((each) => networkOf(each) ?? [])

/** IPv4 in the last half of an IPv6 address: compatible (::/96) and ISATAP (RFC 5214). */
function embedsAnother(address: Address): boolean {
  if (!(address instanceof ipaddr.IPv6)) return false
  const { parts } = address
  const isCompatible = parts.slice(0, 6).every((part) => part === 0) && !isLoopback(address)
  const isIsatap = (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe
  return isCompatible || isIsatap
}
const isLoopback = (address: Address) => address.range() === 'loopback'
