import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate that signs itself, for a server of a test; trusted by whoever is given it. */
export type Certificate = Readonly<{ cert: string; key: string }>

/** For names and IPv4 addresses, valid from 2020 to 2049: tests stand at any instant. */
export function makeCertificate(names: readonly string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('gridkeeper test')))))
  const validity = sequence(utcTime('200101000000Z'), utcTime('491231235959Z'))
  const extension = sequence(ALT_NAME, der(0x04, sequence(...names.map(altName))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.from([1])),
    ...[ECDSA_SHA256, name, validity, name],
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  return {
    cert: pem('CERTIFICATE', sequence(body, ECDSA_SHA256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const told = length < 128 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...told]), content])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const utcTime = (text: string) => der(0x17, Buffer.from(text))
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ALT_NAME = Buffer.from('0603551d11', 'hex')
const ECDSA_SHA256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))

const altName = (name: string) =>
  /^[\d.]+$/.test(name)
    ? der(0x87, Buffer.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name))

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}
