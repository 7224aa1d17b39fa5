import { createCipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto'
import { unwatched } from '#platform/works.ts'
import { rotateKeys } from '../server/key-rotation.ts'
import type { Bench } from './bench.ts'
import { copyOfFirstNight, openBenchHouse } from './house.ts'
import { saidCpu, timed } from './table.ts'
import { watched } from './watched.ts'

/** Everything that a night holds of names and numbers, sealed anew under a new key. */
export const keysBench: Bench = async (of) => {
  await using house = await openBenchHouse(await copyOfFirstNight(of, 'keys'))
  const { works } = house
  const cards = await house.ledger.owner.query<{ count: number; bytes: number }>(
    `select count(identity)::integer as count, avg(length(identity))::integer as bytes
       from subscribers.card`,
  )
  const { count = 0, bytes = 0 } = cards.rows[0] ?? {}
  const turned = await watched(() => rotateKeys(works, unwatched))
  const bare = await timed(async () => cipherEach(count, bytes))
  return [
    {
      work: `a new key: the names and numbers of ${count} subscribers opened and sealed anew, in lake and ledger`,
      seconds: turned.seconds,
      reference:
        'AES-256-GCM over as many texts of that length, twice, in one thread, nothing else',
      referenceSeconds: bare.seconds,
      peakBytes: turned.peakBytes,
      goal: '≤ 2 GB',
      reached: turned.peakBytes <= 2e9,
      note: `a cell has ${bytes} bytes on the average; ${saidCpu(turned, bare)}`,
    },
  ]
}

/** The cipher alone: once to open, once to seal. */
function cipherEach(count: number, bytes: number): void {
  const [nonce, text] = [randomBytes(12), randomBytes(bytes)]
  const key = createSecretKey(randomBytes(32))
  const kept = createHash('sha256')
  for (let at = 0; at < 2 * count; at += 1) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    kept.update(cipher.update(text)).update(cipher.final()).update(cipher.getAuthTag())
  }
}
