import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Refusal } from '../refusal.ts'
import { isOpened, mayReach, type Networks } from './networks.ts'

/** The way out of the house: how names are resolved, and what is opened beyond the public internet. */
export type Outside = Readonly<{
  /** All addresses of a name, none for one that there is not. */
  resolve: (host: string) => Promise<readonly string[]>
  networks: Networks
  /** Certificates that are trusted instead of those of the system, as PEM. */
  certificates?: string
  /** From the first question about a name to the end of the answer; 10 s unless it says otherwise. */
  withinMs?: number
}>

/** An address that was looked at: where to connect is settled, and asked of nobody again. */
export type Target = Readonly<{ url: URL; addresses: readonly string[] }>

/** The way out of an installation: names are resolved by the machine, its `hosts` file included. */
export const openOutside = (networks: Networks): Outside => ({
  networks,
  resolve: async (host) => {
    try {
      return (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address)
    } catch (error) {
      if (UNKNOWN.has((error as NodeJS.ErrnoException).code ?? '')) return []
      throw error
    }
  },
})
/** What the resolver says of a name that there is not or cannot be, or that it cannot find out about. */
const UNKNOWN: ReadonlySet<string> = new Set([
  ...['ENOTFOUND', 'ENODATA', 'EAI_AGAIN', 'EAI_FAIL', 'EINVAL'],
])

/** Ports of other protocols lie below; 80 is for plain HTTP inside. */
const FIRST_FREE_PORT = 1024

/**
 * Looks at an address before anything is sent there: HTTPS, no name or password in it, a port that
 * web servers have, and every address of its name one that may be reached. Plain HTTP only where the
 * configuration opens all of them.
 * @throws Refusal `address-malformed`, `address-not-https`, `address-with-password`,
 * `address-port`, `address-host-unknown`, `address-inside`.
 */
export async function checkTarget(outside: Outside, text: string): Promise<Target> {
  const url = readUrl(text)
  const addresses = await addressesOf(outside, url)
  if (!addresses.every((each) => mayReach(each, outside.networks)))
    throw new Refusal('invalid', 'address-inside', { host: url.hostname })
  const isPlain = url.protocol === 'http:'
  if (isPlain && !addresses.every((each) => isOpened(each, outside.networks)))
    throw new Refusal('invalid', 'address-not-https')
  return { url, addresses }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new Refusal('invalid', 'address-malformed')
  if (url.username !== '' || url.password !== '')
    throw new Refusal('invalid', 'address-with-password')
  const usual = url.protocol === 'https:' ? 443 : 80
  const port = Number(url.port || usual)
  if (port !== usual && port < FIRST_FREE_PORT)
    throw new Refusal('invalid', 'address-port', { port })
  url.hostname = url.hostname.replace(/\.+$/, '') // the dot of the root says nothing more
  url.hash = ''
  return url
}

/** The parser of URLs has turned every notation of an IPv4 address into the usual one. */
async function addressesOf(outside: Outside, url: URL): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await outside.resolve(host)
  if (addresses.length === 0)
    throw new Refusal('invalid', 'address-host-unknown', { host: url.hostname })
  return addresses
}
