import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { verified } from './pack.ts'

const DEVICE = '6b1f8c1e-5a34-4f36-9d7c-6d0a4c3a2f11'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

function signed(said: object) {
  const pack = JSON.stringify(said)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return { pack, signature: sign('sha256', Buffer.from(pack), key).toString('base64'), spki }
}
const PACK = signed({ deviceId: DEVICE, tasks: [{ address: '国路夼村 12 号' }], version: 1 })

test('a pack that the server signed for this phone is read', async () => {
  expect(await verified(PACK, DEVICE)).toMatchObject({ tasks: [{ address: '国路夼村 12 号' }] })
})

test('a pack with one letter changed is refused, wherever it is', async () => {
  for (const at of [0, 10, Math.floor(PACK.pack.length / 2), PACK.pack.length - 1]) {
    const letter = PACK.pack[at] === 'x' ? 'y' : 'x'
    const pack = PACK.pack.slice(0, at) + letter + PACK.pack.slice(at + 1)
    expect(await verified({ ...PACK, pack }, DEVICE), String(at)).toBeUndefined()
  }
})

test('a pack of another phone, of another form or by another key is refused', async () => {
  expect(await verified(PACK, '00000000-0000-4000-8000-000000000000')).toBeUndefined()
  expect(await verified(signed({ deviceId: DEVICE, version: 2 }), DEVICE)).toBeUndefined()
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const theirs = other.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(await verified({ ...PACK, spki: theirs }, DEVICE)).toBeUndefined()
})
