import { defineConfig } from 'vitest/config'

/** What speaks to no database, or says the same whatever its engine is: not run on a second one. */
const SAME_EVERYWHERE = [
  'server/platform/{postgres/embedded,strict,page}.test.ts',
  'server/platform/{files,duckdb}/**',
  'server/sample/**',
  'server/test/architecture.test.ts',
  'server/test/attack/fuzz-{readers,conditions}.test.ts',
  'server/test/durability/{disk-full,second-process,stop}.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'house',
          include: ['{contract,server,cli,tools,bench,web}/**/*.test.{ts,tsx}'],
          exclude: [
            ...['web/test/**', '**/node_modules/**'],
            ...(process.env.TEST_DATABASE_URL ? SAME_EVERYWHERE : []),
          ],
          globalSetup: ['server/test/cluster.ts'],
          // What hangs is found; what is slow on a busy machine is not a fault.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['web/test/**/*.test.ts'],
          globalSetup: ['server/test/cluster.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
          pool: 'forks',
          maxWorkers: 1,
        },
      },
    ],
  },
})
