import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { Refusal } from './refusal.ts'

/**
 * What seals the cells of one purpose, as plain data: it goes into worker threads as it is. `held`
 * has, by the id of each key, the cipher’s key and the two that tokens are made with, in hex.
 */
export type CellKeys = Readonly<{
  /** Where the keys are kept, for what people are told. */
  file: string
  /** The id of the key that seals now: eight hex digits. */
  current: string
  held: Readonly<Record<string, Readonly<{ cipher: string; inner: string; outer: string }>>>
}>

const VERSION = 1
const KEY_ID_AT = 1
const NONCE_AT = 5
const BODY_AT = 17
const TAG_BYTES = 16
/** Hex digits of a nonce: 12 bytes. */
export const NONCE_DIGITS = 24

/**
 * Stands for a text without telling it: the same text, the same token, under one key. 64 hex digits:
 * sha256(outer ‖ hex(sha256(inner ‖ text))), the nested construction of Bellare, Canetti and Krawczyk
 * (1996), so that a statement over a million rows can work it out as well: `tokenSql`.
 */
export function tokenOf(keys: CellKeys, text: string, keyId = keys.current): string {
  const { inner, outer } = keyIn(keys, keyId)
  return hash('sha256', outer + hash('sha256', inner + text, 'hex'), 'hex')
}

/** The same of a text in DuckDB, which wants the parameters of `tokenParams`. */
export const tokenSql = (text: string): string => `sha256($outer || sha256($inner || ${text}))`

/** The keys of `tokenSql`, handed over as parameters: they stand in no statement and no log. */
export function tokenParams(keys: CellKeys): { inner: string; outer: string } {
  const { inner, outer } = keyIn(keys, keys.current)
  return { inner, outer }
}

/** What a nonce is the token of: text and owner, so that the same text of two owners looks different. */
export const aboutAndText = (about: string, text: string): string => `${about}\u{1f}${text}`

/**
 * Seals a text as bytes: version, id of the key, nonce, AES-256-GCM, tag. `about` names what the
 * text belongs to: a cell moved to another row does not open. The nonce is a token of both (as in
 * SIV, RFC 5297), so the same text of the same owner gives the same bytes and a night that changed
 * nothing changes no file; two texts share a nonce with a probability of 2⁻⁴¹ among 2²⁷ of them.
 */
export function sealCell(keys: CellKeys, text: string, about: string, nonceHex?: string): Buffer {
  const nonce = nonceHex ?? tokenOf(keys, aboutAndText(about, text)).slice(0, NONCE_DIGITS)
  return sealWith(keys, Buffer.from(text), about, Buffer.from(nonce, 'hex'))
}

/** Seals content that no two times need to be the same: as a cell, with a random nonce. */
export const sealBytes = (keys: CellKeys, content: Uint8Array, about: string): Buffer =>
  sealWith(keys, content, about, randomBytes(BODY_AT - NONCE_AT))

function sealWith(keys: CellKeys, content: Uint8Array, about: string, nonce: Buffer): Buffer {
  const key = keyObject(keyIn(keys, keys.current).cipher)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const head = Buffer.from([VERSION, ...Buffer.from(keys.current, 'hex')])
  return Buffer.concat([head, nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** The id of the key that sealed a cell, if it is one. */
export const keyOfCell = (sealed: Uint8Array): string =>
  Buffer.from(sealed.subarray(KEY_ID_AT, NONCE_AT)).toString('hex')

/**
 * The text of a sealed cell. @throws Refusal `cell-key-missing` when it was sealed under a key that
 * is not held, `cell-damaged` when it is not what was sealed, or of something else.
 */
export const openCell = (keys: CellKeys, sealed: Uint8Array, about: string): string =>
  openBytes(keys, sealed, about).toString()

/** What `sealBytes` sealed. @throws Refusal as `openCell` */
export function openBytes(keys: CellKeys, sealed: Uint8Array, about: string): Buffer {
  const bytes = Buffer.from(sealed)
  if (bytes.length < BODY_AT + TAG_BYTES || bytes[0] !== VERSION)
    throw new Refusal('invalid', 'cell-damaged', { about: shownAbout(about) })
  const { cipher } = keyIn(keys, keyOfCell(bytes))
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyObject(cipher),
    bytes.subarray(NONCE_AT, BODY_AT),
  )
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(BODY_AT, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new Refusal('invalid', 'cell-damaged', { about: shownAbout(about) }) // the tag says no
  }
}

const objects = new Map<string, KeyObject>()

/** A key as OpenSSL keeps it: made of bytes for each cell it costs 13 µs, and the cell itself 3 µs. */
function keyObject(hex: string): KeyObject {
  const known = objects.get(hex)
  if (known) return known
  const made = createSecretKey(Buffer.from(hex, 'hex'))
  objects.set(hex, made)
  return made
}

/** How a cell begins, in hex, that the current key sealed with this nonce. */
export const beginningOf = (keys: CellKeys, nonceHex: string): string =>
  `0${VERSION}${keys.current}${nonceHex}`

const shownAbout = (about: string) => about.replaceAll('\u{1f}', ' ')

function keyIn(keys: CellKeys, keyId: string) {
  const key = keys.held[keyId]
  if (!key) throw new Refusal('unavailable', 'cell-key-missing', { key: keyId, file: keys.file })
  return key
}
