import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { atomicWrite } from '#platform/files/atomic.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'

/** A file somebody sent, waiting to be imported. Of nobody else's branch. */
export const Uploaded = z.object({
  uploadId: z.uuid(),
  branchId: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  by: z.string(),
})
export type Uploaded = Readonly<z.infer<typeof Uploaded>>

/** What the web takes; the command line streams any size. */
export const UPLOAD_LIMIT_BYTES = 2 * 1024 ** 3

/**
 * Stores what is being sent while it arrives, and its digest.
 * @throws Refusal `upload-too-large`, `disk-full`
 */
export async function saveUpload(
  works: Works,
  actor: Actor,
  of: Readonly<{ branchId: string; name: string; stream: Readable }>,
): Promise<Uploaded> {
  const uploadId = randomUUID()
  const path = uploadPath(works, uploadId)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(
      of.stream,
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          bytes += chunk.length
          if (bytes > UPLOAD_LIMIT_BYTES) throw tooLarge()
          await works.room.ask(chunk.length)
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { flush: true }),
    )
    if ('truncated' in of.stream && of.stream.truncated) throw tooLarge()
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE')
      throw tooLarge()
    throw error
  }
  const { branchId, name } = of
  const uploaded = { uploadId, branchId, name, bytes, sha256: hash.digest('hex'), by: actor.id }
  await atomicWrite(`${path}.json`, JSON.stringify(uploaded))
  return uploaded
}

/** @throws Refusal `upload-unknown`, also for a file that was sent for another branch. */
export async function readUpload(
  works: Works,
  branchId: string,
  uploadId: string,
): Promise<Uploaded & Readonly<{ path: string }>> {
  const unknown = () => new Refusal('not-found', 'upload-unknown', { upload: uploadId })
  const path = uploadPath(works, z.uuid().parse(uploadId))
  const text = await readFile(`${path}.json`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? unknown() : error
  })
  const uploaded = Uploaded.parse(JSON.parse(text))
  if (uploaded.branchId !== branchId) throw unknown()
  return { ...uploaded, path }
}

/** Forgets an upload; one that is gone already is gone. */
export async function removeUpload(works: Works, uploadId: string): Promise<void> {
  const path = uploadPath(works, uploadId)
  await rm(path, { force: true })
  await rm(`${path}.json`, { force: true })
}

const uploadPath = (works: Works, uploadId: string) => join(works.folder.uploads, `${uploadId}.bin`)

function tooLarge(): Refusal {
  return new Refusal('too-large', 'upload-too-large', { limit: '2 GiB' })
}
