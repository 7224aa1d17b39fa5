import { sql } from 'kysely'
import type { Sealer } from './keys.ts'
import type { Works } from './works.ts'

/** A column of texts that `sealerFor(purpose)` sealed, each about what another column of its row says. */
export type SealedTexts = Readonly<{
  table: string
  column: string
  about: string
  purpose: string
}>

/** Seals the texts of a column anew that another key sealed than the one that seals now; how many. */
export async function sealTextsAgain(works: Works, of: SealedTexts): Promise<number> {
  const { keys } = works
  const [table, column, about] = [sql.table(of.table), sql.ref(of.column), sql.ref(of.about)]
  const sealer = keys.sealerFor(of.purpose)
  return works.run(works.system, async (unit) => {
    const { rows } = await sql<{ about: string; sealed: string }>`
      select ${about}::text as about, ${column} as sealed from ${table}
       where ${column} not like ${`v1.${keys.id}.%`}
       for update`.execute(unit.db)
    let done = 0
    for (const row of rows) {
      const text = openedBy(sealer, row)
      if (text === undefined) continue // damaged, or under a key that is lost: it stays as it is
      await sql`
        update ${table} set ${column} = ${sealer.seal(text, row.about)}
         where ${about}::text = ${row.about} and ${column} = ${row.sealed}`.execute(unit.db)
      done += 1
    }
    return done
  })
}

/** The text; undefined when it cannot be read, for whichever reason. */
function openedBy(sealer: Sealer, of: Readonly<{ about: string; sealed: string }>) {
  try {
    return sealer.open(of.sealed, of.about)
  } catch {
    return undefined // the tag says no
  }
}
