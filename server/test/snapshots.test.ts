import { afterAll, beforeAll, expect, test } from 'vitest'
import { CANONICAL_COLUMNS } from '#subscribers'
import { readConfig } from '../config.ts'
import { openWebServer } from '../house.ts'
import { type Branch, openBranch } from './branch.ts'
import { describeSchema } from './describe-schema.ts'
import { permissionsPage } from './permissions-page.ts'

let branch: Branch
beforeAll(async () => {
  branch = await openBranch('2026-11-20T00:00Z')
})
afterAll(() => branch.close())

// These files are read by reviewers; `npx vitest run server/test/snapshots -u` writes them anew.

test('openapi.json is what the contract says', async () => {
  const fastify = await openWebServer(branch.house, readConfig({}), '')
  await fastify.ready()
  // Components stand in the order in which modules were loaded; reviewers want that of their names.
  const sorted = (_: string, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  const document = JSON.stringify(fastify.swagger(), sorted, 1)
  await fastify.close()
  await expect(`${document}\n`).toMatchFileSnapshot('../../openapi.json')
})

test('docs/columns.md is what the catalogue says', async () => {
  await expect(columnsPage()).toMatchFileSnapshot('../../docs/columns.md')
})

test('docs/permissions.md is what roles and endpoints say', async () => {
  await expect(await permissionsPage()).toMatchFileSnapshot('../../docs/permissions.md')
})

test('schema.sql is what the migrations make', async () => {
  await expect(await describeSchema(branch.house.ledger.owner)).toMatchFileSnapshot('../schema.sql')
})

test('every table of the house is under forced row-level security', async () => {
  const open = (await describeSchema(branch.house.ledger.owner))
    .split('\n')
    .filter((line) => line.includes('NO ROW LEVEL SECURITY'))
  expect(open).toEqual([])
})

test('whoever serves owns nothing and cannot read past a unit', async () => {
  const { owner, serving } = branch.house.ledger
  const { rows } = await owner.query(
    `select count(*)::integer as owned from pg_class c join pg_roles r on r.oid = c.relowner
      where r.rolname in ('gridkeeper_login', 'gridkeeper_app')`,
  )
  expect(rows).toEqual([{ owned: 0 }])
  const { rows: who } = await serving.query('select session_user::text as name')
  if (who[0].name !== 'gridkeeper_login') return // an external server is served by its superuser
  await expect(serving.query('select from people.staff')).rejects.toThrow('permission denied')
})

function columnsPage(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = CANONICAL_COLUMNS.map(({ id, label, type, unit, personal, group, aliases }) => {
    const others = aliases.filter((alias) => alias !== id && alias !== label.zh)
    const of = unit ? `${type} (${unit})` : type
    return `| ${group ?? ''} | \`${id}\` | ${cell(label.zh)} | ${cell(label.en)} | ${of} | ${personal} | ${cell(others.join('、'))} |`
  })
  return `# Canonical columns of subscribers · 用户标准列

What a column of an extract can become. Headers are matched by the name, the Chinese header or an alias, after width, blanks and brackets are made alike; what matches nothing is kept as a custom column. Only \`subscriber_id\` and \`status\` are required; the others are shown as “not delivered” where they are missing. Personal data: direct and sensitive leave the server masked.

| group | name | 中文 | English | type (usual unit) | personal data | aliases |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}
