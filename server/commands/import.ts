import { basename } from 'node:path'
import { z } from 'zod'
import { ImportKind } from '#contract/imports.ts'
import { isDay } from '#platform/day.ts'
import { type ImportOutcome, importFile } from '#subscribers'
import { command } from './command.ts'

/** Imports files of one kind, one after the other; the sums of their reports are the result. */
export const importFiles = command({
  input: z.strictObject({
    files: z.array(z.string()).min(1),
    kind: ImportKind,
    branch: z.string(),
    date: z.string().refine(isDay, 'a day is YYYY-MM-DD'),
    profile: z.strictObject({ name: z.string(), yaml: z.string() }).nullable(),
    dryRun: z.boolean(),
    force: z.string().nullable(),
  }),
  perform: async ({ works, handlers }, input, watch) => {
    const outcomes: ImportOutcome[] = []
    for (const path of input.files)
      outcomes.push(
        await importFile(
          works,
          handlers,
          {
            actor: works.system,
            branchId: input.branch,
            kind: input.kind,
            date: input.date,
            path,
            name: basename(path),
            profile: input.profile,
            dryRun: input.dryRun,
            force: input.force,
          },
          watch,
        ),
      )
    return report(outcomes)
  },
})

function report(outcomes: readonly ImportOutcome[]) {
  const sum = (of: (outcome: ImportOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const last = outcomes.at(-1)
  return {
    rows: sum(({ rows }) => rows),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
    duplicates: sum(({ duplicates }) => duplicates),
    warnings: outcomes.flatMap(({ warnings }) => warnings),
    rejects: last?.rejects ?? null,
    snapshot: last?.snapshot ?? null,
    changed: outcomes.some(({ changed }) => changed),
  }
}
