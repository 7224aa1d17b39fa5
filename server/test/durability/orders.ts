import { openAsBlob } from 'node:fs'
import { basename, join } from 'node:path'
import { readOwner } from '#platform/folder.ts'
import type { CommandName } from '../../commands/index.ts'
import type { Desk } from '../journeys/command-line.ts'
import type { signIn } from '../journeys/served.ts'
import { BRANCH } from './small-county.ts'

/** An extract of subscribers, larger or smaller than the one before it. */
type Extract = Readonly<{ file: string; date: string }>

const FORCE = 'a county of another size'

/** Uploads an extract and starts its import as the web does. Answers with the number of the job. */
export async function startImport(
  call: Awaited<ReturnType<typeof signIn>>,
  { file, date }: Extract,
): Promise<string> {
  const form = new FormData()
  form.set('file', await openAsBlob(file), basename(file))
  const { body } = await call('POST', `/branches/${BRANCH}/uploads`, form)
  const job = await call('POST', `/branches/${BRANCH}/imports`, {
    ...{ uploadId: body.uploadId, kind: 'subscribers', date, profile: null },
    ...{ dryRun: false, force: FORCE },
  })
  if (job.status !== 200) throw new Error(`no import: ${JSON.stringify(job.body)}`)
  return String(job.body.jobId)
}

/** The input of the command line’s import. */
export const importOf = ({ file, date }: Extract) => ({
  ...{ files: [file], kind: 'subscribers', branch: BRANCH, date },
  ...{ profile: null, dryRun: false, force: FORCE },
})

/**
 * Orders something of the server of a desk as the command line does. It is under way when this
 * answers; `last` is the last line that it says.
 */
export async function orderAt(
  { folder }: Desk,
  name: CommandName,
  input: object,
): Promise<{ last: Promise<object> }> {
  const owner = await readOwner(join(folder, 'data'))
  if (!owner?.url) throw new Error('nobody serves')
  const response = await fetch(new URL(`/control/${name}`, owner.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const begun = Promise.withResolvers<void>()
  const read = async () => {
    let said = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      said += chunk
      begun.resolve()
    }
    return JSON.parse(said.trimEnd().split('\n').at(-1) ?? '')
  }
  const last = read()
  await begun.promise
  return { last }
}
