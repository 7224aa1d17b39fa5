import { afterAll, expect, test } from 'vitest'
import { makeCertificate } from '../../test/certificate.ts'
import { openReceiver } from '../../test/receiver.ts'
import { mayReach, readNetworks } from './networks.ts'
import { post } from './post.ts'
import { checkTarget, type Outside, openOutside } from './target.ts'

const inner = await openReceiver({ certificate: makeCertificate(['127.0.0.1', 'localhost']) })
const { port } = inner
const innerToo = await openReceiver({ host: '::1', port }).catch(() => undefined) // no IPv6 here
afterAll(async () => {
  await inner[Symbol.asyncDispose]()
  await innerToo?.[Symbol.asyncDispose]()
})

/** The addresses that a name of an attacker leads to. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'loopback.attacker.example': ['127.0.0.1'],
  'second.attacker.example': ['93.184.216.34', '127.0.0.1'],
  'six.attacker.example': ['::1'],
  'mapped.attacker.example': ['::ffff:127.0.0.1'],
  'mapped-hex.attacker.example': ['::ffff:7f00:1'],
  'private.attacker.example': ['10.1.2.3'],
  'metadata.attacker.example': ['169.254.169.254'],
  'unique.attacker.example': ['fd12:3456::1'],
  'zone.attacker.example': ['fe80::1%lo'],
  'nonsense.attacker.example': ['not an address'],
  'octal.attacker.example': ['0177.0.0.1'],
  'short.attacker.example': ['127.1'],
  'nowhere.attacker.example': [],
}
const named: Outside = { networks: [], resolve: async (host) => NAMES[host] ?? [] }
/** With the machine’s own resolver for the names that every machine knows. */
const usual = openOutside([])
const MESSAGE = { headers: {}, body: '{}' }

const HOSTILE: readonly (readonly [address: string, because: string])[] = [
  [`https://127.0.0.1:${port}/`, 'loopback'],
  [`https://127.0.0.1.:${port}/`, 'loopback with the dot of the root'],
  [`https://127.1:${port}/`, 'a short form'],
  [`https://127.0.1:${port}/`, 'another short form'],
  [`https://2130706433:${port}/`, 'decimal'],
  [`https://0x7f000001:${port}/`, 'hexadecimal'],
  [`https://0x7f.0x0.0x0.0x1:${port}/`, 'hexadecimal in parts'],
  [`https://0X7F.1:${port}/`, 'hexadecimal and short'],
  [`https://0177.0.0.1:${port}/`, 'octal'],
  [`https://017700000001:${port}/`, 'octal in one'],
  [`https://0177.0x0.0.01:${port}/`, 'every notation at once'],
  [`https://127.255.255.254:${port}/`, 'the end of loopback'],
  [`https://１２７.０.０.１:${port}/`, 'full-width digits'],
  [`https://127。0。0。1:${port}/`, 'ideographic full stops'],
  [`https://①②⑦.⓪.⓪.①:${port}/`, 'circled digits'],
  [`https://%31%32%37.0.0.1:${port}/`, 'percent signs'],
  [`https://localhost:${port}/`, 'the name of loopback'],
  [`https://LOCALHOST.:${port}/`, 'the same in capitals, with a dot'],
  [`https://ⓛocalhost:${port}/`, 'the same in circles'],
  [`https://localhost.localdomain:${port}/`, 'its other name'],
  [`https://0.0.0.0:${port}/`, 'unspecified, which connects to this machine'],
  [`https://0:${port}/`, 'the same, short'],
  [`https://[::]:${port}/`, 'unspecified in IPv6'],
  [`https://[::1]:${port}/`, 'loopback in IPv6'],
  [`https://[0:0:0:0:0:0:0:1]:${port}/`, 'the same in full'],
  [`https://[::ffff:127.0.0.1]:${port}/`, 'IPv4-mapped'],
  [`https://[::ffff:7f00:1]:${port}/`, 'IPv4-mapped in hexadecimal'],
  [`https://[::127.0.0.1]:${port}/`, 'IPv4-compatible'],
  [`https://[::ffff:0:127.0.0.1]:${port}/`, 'IPv4-translated'],
  [`https://[64:ff9b::127.0.0.1]:${port}/`, 'NAT64'],
  [`https://[64:ff9b::a00:1]:${port}/`, 'NAT64 of a private address'],
  [`https://[64:ff9b:1::7f00:1]:${port}/`, 'NAT64 of local use'],
  [`https://[2002:7f00:1::]:${port}/`, '6to4'],
  [`https://[2002:a9fe:a9fe::1]:${port}/`, '6to4 of the metadata'],
  [`https://[2001:0:7f00:1::]:${port}/`, 'Teredo'],
  [`https://[2001:0:4136:e378:8000:63bf:80ff:fffe]:${port}/`, 'Teredo of loopback'],
  [`https://[2606:4700::5efe:7f00:1]:${port}/`, 'ISATAP'],
  [`https://[2606:4700::200:5efe:a00:1]:${port}/`, 'ISATAP, global'],
  [`https://[fe80::1]:${port}/`, 'link-local'],
  [`https://[fec0::1]:${port}/`, 'site-local'],
  [`https://[fc00::1]:${port}/`, 'unique local'],
  [`https://[fd00:ec2::254]:${port}/`, 'metadata in IPv6'],
  [`https://[ff02::1]:${port}/`, 'multicast in IPv6'],
  [`https://[2001:db8::1]:${port}/`, 'documentation in IPv6'],
  [`https://[3fff::1]:${port}/`, 'documentation, newer'],
  [`https://[100::1]:${port}/`, 'discard'],
  [`https://[5f00::1]:${port}/`, 'segment routing'],
  [`https://10.0.0.1:${port}/`, 'private'],
  [`https://172.16.0.1:${port}/`, 'private'],
  [`https://172.31.255.255:${port}/`, 'private, its end'],
  [`https://192.168.1.1:${port}/`, 'private'],
  [`https://100.64.0.1:${port}/`, 'carrier-grade NAT'],
  [`https://100.100.100.200:${port}/`, 'metadata of a cloud'],
  [`https://169.254.169.254:${port}/latest/meta-data/`, 'metadata'],
  [`https://2852039166:${port}/latest/meta-data/`, 'metadata in decimal'],
  [`https://168.63.129.16:${port}/`, 'metadata at a public address'],
  [`https://192.0.0.192:${port}/`, 'metadata of another cloud'],
  [`https://192.0.2.1:${port}/`, 'documentation'],
  [`https://198.51.100.1:${port}/`, 'documentation'],
  [`https://203.0.113.1:${port}/`, 'documentation'],
  [`https://198.18.0.1:${port}/`, 'benchmarks'],
  [`https://192.88.99.1:${port}/`, 'relays of 6to4'],
  [`https://224.0.0.1:${port}/`, 'multicast'],
  [`https://240.0.0.1:${port}/`, 'reserved'],
  [`https://255.255.255.255:${port}/`, 'broadcast'],
  [`http://127.0.0.1:${port}/`, 'not HTTPS'],
  [`http://93.184.216.34/`, 'not HTTPS, though public'],
  [`https://user@127.0.0.1:${port}/`, 'a name in it'],
  [`https://93.184.216.34@127.0.0.1:${port}/`, 'a public address as the name'],
  [`https://127.0.0.1:${port}\\@93.184.216.34/`, 'a backslash'],
  [`https://93.184.216.34#@127.0.0.1:${port}/`.replace('#', '%23'), 'an escaped fragment'],
  [`https://93.184.216.34:22/`, 'a port of another protocol'],
  [`https://93.184.216.34:25/`, 'the port of mail'],
  [`https://93.184.216.34:0/`, 'no port'],
  [`https:127.0.0.1:${port}`, 'no slashes'],
  [`https:///127.0.0.1:${port}/`, 'a slash too many'],
  [`https://127.0.0.1 .example:${port}/`, 'a blank'],
  [`https://`, 'nothing'],
  [`gopher://127.0.0.1:${port}/`, 'another protocol'],
  [`file:///etc/passwd`, 'a file'],
  [`//127.0.0.1:${port}/`, 'no protocol'],
  ...Object.keys(NAMES).map((name) => [`https://${name}:${port}/`, `leads inside`] as const),
]

test('there are more than sixty hostile addresses', () => {
  expect(new Set(HOSTILE.map(([address]) => address)).size).toBeGreaterThan(90)
})

test.each(HOSTILE)('%s is not connected to: %s', async (address) => {
  const outside = address.includes('attacker') ? named : usual
  const refused = { kind: 'failed', fault: expect.stringMatching(/^address-/) }
  expect(await post(outside, address, MESSAGE)).toEqual(refused)
  await expect(checkTarget(outside, address)).rejects.toMatchObject({ name: 'Refusal' })
})

test('a name that led outside when it was saved, and leads inside now, is not connected to', async () => {
  const answers = [['93.184.216.34'], ['127.0.0.1'], ['93.184.216.34', '::1']]
  const rebinding: Outside = { networks: [], resolve: async () => answers.shift() ?? [] }
  const address = `https://rebinding.attacker.example:${port}/`
  const { addresses } = await checkTarget(rebinding, address)
  expect(addresses).toEqual(['93.184.216.34'])
  for (const _ of [1, 2])
    expect(await post(rebinding, address, MESSAGE)).toEqual({
      kind: 'failed',
      fault: 'address-inside',
    })
})

test('all of them together made no connection to what listens here', () => {
  expect(inner.connections()).toBe(0)
  expect(innerToo?.connections() ?? 0).toBe(0)
})

const { networks } = readNetworks('127.0.0.0/8')

/** macOS has the one address of loopback alone. */
const inTwoPlaces = test.skipIf(process.platform === 'darwin')

inTwoPlaces('the connection goes to the address that was checked, and to no other', async () => {
  await using checked = await openReceiver({ host: '127.0.0.2' })
  await using other = await openReceiver({ port: checked.port })
  let asked = 0
  const resolve = async () => {
    asked += 1
    return ['127.0.0.2']
  }
  const address = `http://localhost:${checked.port}/`
  expect(await post({ networks, resolve }, address, MESSAGE)).toEqual({
    ...{ kind: 'answered', status: 204 },
  })
  expect([asked, checked.connections(), other.connections()]).toEqual([1, 1, 0])
  expect(checked.received[0]?.headers.host).toBe(`localhost:${checked.port}`)
})

test('a name that nobody resolves in time is given up with the message', async () => {
  const resolve = () => new Promise<never>(() => undefined)
  const stuck: Outside = { networks: [], resolve, withinMs: 20 }
  expect(await post(stuck, 'https://hooks.example/', MESSAGE)).toEqual({
    ...{ kind: 'failed', fault: 'timed-out' },
  })
  const stopped = AbortSignal.abort(new Error('stopping'))
  expect(await post(stuck, 'https://hooks.example/', MESSAGE, stopped)).toEqual({
    ...{ kind: 'failed', fault: 'stopped' },
  })
})

test('a redirect is an answer, and nobody follows it', async () => {
  await using receiver = await openReceiver()
  await using behind = await openReceiver()
  receiver.answer((_, reply) => reply.writeHead(307, { location: behind.url }).end())
  const outside = { ...usual, networks }
  expect(await post(outside, receiver.url, MESSAGE)).toEqual({ kind: 'answered', status: 307 })
  expect([receiver.connections(), behind.connections()]).toEqual([1, 0])
})

test('another protocol that a receiver would go over to is an answer, and nobody follows', async () => {
  await using receiver = await openReceiver()
  receiver.answer((_, { socket }) => {
    socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
  })
  const outside = { ...usual, networks, withinMs: 60_000 }
  expect(await post(outside, receiver.url, MESSAGE)).toEqual({ kind: 'answered', status: 101 })
})

test('a connection that is closed in the middle of an answer has a status all the same', async () => {
  await using receiver = await openReceiver()
  const outside = { ...usual, networks, withinMs: 60_000 }
  receiver.answer((_, { socket }) => {
    socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')
  })
  expect(await post(outside, receiver.url, MESSAGE)).toEqual({ kind: 'answered', status: 200 })
  receiver.answer((_, { socket }) => void socket?.end())
  expect(await post(outside, receiver.url, MESSAGE)).toEqual({
    ...{ kind: 'failed', fault: 'connection-broken' },
  })
})

test.each([
  ['8.8.8.8', '', true],
  ['2606:4700:4700::1111', '', true],
  ['10.1.2.3', '10.1.0.0/16', true],
  ['10.2.2.3', '10.1.0.0/16', false],
  ['fd00::7', 'fd00::/48', true],
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.2', '127.0.0.1', false],
  ['169.254.169.254', '169.0.0.0/8', false],
  ['100.100.100.200', '100.64.0.0/10', false],
  ['fd00:ec2::254', 'fd00::/32', false],
  ['::ffff:10.1.2.3', '10.1.0.0/16', false],
])('%s with “%s” opened may be reached: %s', (address, opened, may) => {
  expect(mayReach(address, readNetworks(opened).networks)).toBe(may)
})

test.each([
  ['10.0.0.0/7'],
  ['0.0.0.0/0'],
  ['::/0'],
  ['fd00::/31'],
  ['hooks.example'],
  ['10.1.0/16'],
])('the configuration cannot open %s', (network) => {
  expect(readNetworks(network).problems).toHaveLength(1)
  expect(readNetworks(network).networks).toEqual([])
})

test('a name longer than names can be is one that nobody knows', async () => {
  await expect(checkTarget(usual, `https://${'x'.repeat(300)}.example/`)).rejects.toMatchObject({
    code: 'address-host-unknown',
  })
})
