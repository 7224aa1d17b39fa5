import { z } from 'zod'

export const FORMAT = 1
export const MANIFEST = 'manifest.json'

const Entry = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() })

/** The last entry of a backup: what must be in it, byte for byte. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  product: z.string(),
  takenAt: z.string(),
  /** Names of the migrations that made the tables, in order. */
  migrations: z.array(z.string()),
  tables: z.array(Entry.extend({ table: z.string(), columns: z.array(z.string()), rows: z.int() })),
  files: z.array(Entry),
})
export type Manifest = z.infer<typeof Manifest>
export type ManifestEntry = z.infer<typeof Entry>
