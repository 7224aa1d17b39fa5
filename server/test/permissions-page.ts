import { ACTIONS, type Action, neededAction } from '#contract/permissions.ts'
import { permissionTable } from '#people'
import { allEndpoints } from './example-call.ts'

/** docs/permissions.md: roles × actions, and what each call needs; in both languages. */
export async function permissionsPage(): Promise<string> {
  const { roles, actions } = permissionTable()
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const table = roles.map(
    ({ name, role, may }) =>
      `| ${name.zh} ${name.en} \`${role}\` | ${actions.map(({ action }) => (may.includes(action) ? '✓' : '')).join(' | ')} |`,
  )
  const key = actions.map(({ action, name, resourceName, whole }) => {
    const where = whole ? '分公司整体 the branch as a whole' : '任职单位及下级 the post and below'
    return `| \`${action}\` | ${resourceName.zh} ${resourceName.en} | ${name.zh} | ${name.en} | ${where} |`
  })
  const calls = (await allEndpoints()).map(
    ({ operationId, method, path, summary, needs, open }) =>
      `| \`${operationId}\` | ${method} ${path} | ${cell(summary.zh)} | ${cell(summary.en)} | ${open ? NO_SIGN_IN : said(needs)} |`,
  )
  return `# Permissions · 权限

Made from \`server/modules/people/roles.ts\` and from \`needs\` of every endpoint of the contract; a test compares this page, and another calls every endpoint as every role. 本页由代码生成并由测试核对。

A role counts inside the unit of the post that gives it and below: **what** one may do is in the tables, **to whom** is decided by the database (row-level security). Who holds several posts has the rights of each in its own subtree only. 岗位只在任职单位及其下级有效；兼任多个岗位的，各管各的范围。

## Roles × actions 岗位 × 权限

| role 岗位 | ${actions.map(({ action }) => `\`${action}\``).join(' | ')} |
|---|${actions.map(() => ':-:').join('|')}|
${table.join('\n')}

## Actions × resources 权限 × 对象

| action | resource 对象 | 权限 | permission | where 范围 |
|---|---|---|---|---|
${key.join('\n')}

## Calls 接口

| call | address | 用途 | what it does | needs 所需权限 |
|---|---|---|---|---|
${calls.join('\n')}
`
}

const NO_SIGN_IN = '不需登录 no sign-in'

function said(needs: Parameters<typeof neededAction>[0]): string {
  const action = neededAction(needs)
  if (action !== null) return `\`${action}\``
  if (typeof needs === 'object') return `本人；他人需 the own; another’s: ${named(needs.orElse)}`
  return needs === 'own' ? '仅本人 the own alone' : '管理范围内 in scope'
}

const named = (action: Action) => `\`${action}\` (${ACTIONS[action].name.zh})`
