import { migrationsOf } from '#platform/postgres/migrate.ts'
import { MODULES } from '../modules.ts'

/** The names of all migrations that this version of the product knows. */
export const migrationNames = (): string[] => migrationsOf(MODULES).map(({ name }) => name)
