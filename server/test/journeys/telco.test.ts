import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCsv } from '../csv.ts'
import { openDesk, ROOT } from './command-line.ts'
import { giveAccount, signIn, startServer } from './served.ts'

const FILE = 'data/telco_ibm_classic/Telco-Customer-Churn.csv'
const DELIVERED = join(ROOT, '../shared', FILE)
const IS_HERE = existsSync(DELIVERED)
if (!IS_HERE) process.stdout.write(`skipped: ../shared/${FILE} is not present\n`)

const BRANCH = '370611'
const DATES = ['--branch', BRANCH, '--date', '2026-11-20']
const ORGANISATION = `unit_id,parent_id,kind,name,division_code,head_staff_id,valid_from,valid_to
${BRANCH},,branch,福山分公司,${BRANCH},B1,2020-01-01,
${BRANCH}-Z1,${BRANCH},zone,城区片区,,,2020-01-01,
${BRANCH}-H1,${BRANCH}-Z1,hall,城区营业厅,,,2020-01-01,
`
const STAFF = `staff_id,name,account,roles,unit_id,capacity_call,capacity_hall,days,valid_from
B1,于某一,fushan,branch_manager|administrator,${BRANCH},,,12345,2020-01-01
C1,曲某二,rexian1,hotline_agent,${BRANCH},60,,1234567,2020-01-01
C2,柳某三,rexian2,hotline_agent,${BRANCH},60,,1234567,2020-01-01
C3,衣某四,rexian3,hotline_agent,${BRANCH},60,,12345,2020-01-01
K1,姜某五,dating1,hall_clerk,${BRANCH}-H1,,20,1234567,2020-01-01
`
const CAMPAIGN = `id: first-year-care
name: { zh: 首年按月用户关怀, en: Care for monthly contracts in the first year }
purpose: retention
touchpoints: [call_out]
conditions:
  all:
    - { field: status, op: eq, value: active }
    - { field: contract_type, op: eq, value: Month-to-month }
    - { field: tenure_months, op: lte, value: 12 }
needs: [contract_type, tenure_months]
deadline: null
offers:
  - id: yearly
    name: { zh: 转为一年合约, en: A contract for a year }
    monthlyFeeFen: null
    oneOffFen: 0
    terms: { zh: 资费标准：与现用套餐相同。, en: The tariff of the present plan. }
script: { zh: 您好，想了解一下您使用得怎么样。, en: May we ask how the service suits you? }
valueFen: 30000
propensity: 0.2
lever: 1
holdOutShare: 0
windows: []
valid: { from: 2026-01-01, to: null }
ownerUnit: "${BRANCH}"
enabled: true
`

test.runIf(IS_HERE)(
  'the public file of a telephone company becomes lists for a small branch',
  { timeout: 600_000 },
  async () => {
    await using desk = await openDesk()
    await writeFile(join(desk.folder, 'organisation.csv'), ORGANISATION)
    await writeFile(join(desk.folder, 'staff.csv'), STAFF)
    await desk.done('import', 'organisation.csv', '--kind', 'organisation', ...DATES)
    await desk.done('import', 'staff.csv', '--kind', 'staff', ...DATES)
    const account = await giveAccount(desk, BRANCH, 'branch_manager')

    await using server = await startServer(desk)
    const call = await signIn(server, account)
    const profile = join(ROOT, 'samples/profiles/ibm-telco.yaml')
    const report = await desk.done(
      ...['import', DELIVERED, '--kind', 'subscribers', ...DATES, '--profile', profile],
    )
    expect(report).toMatchObject({ rows: 7043, accepted: 7043, rejected: 0, duplicates: 0 })

    const { body: imports } = await call('GET', `/branches/${BRANCH}/imports?kind=subscribers`)
    const [row] = imports.rows as { importId: string }[]
    const { body: told } = await call('GET', `/branches/${BRANCH}/imports/${row?.importId}`)
    const columns = (list: unknown) => (list as { column: string }[]).map(({ column }) => column)
    const delivered = columns(told.columns)
    expect(delivered).toEqual(
      expect.arrayContaining(['subscriber_id', 'status', 'tenure_months', 'contract_type']),
    )
    const missing = columns(told.notDelivered)
    for (const column of ['install_address', 'contact_phone', 'contract_expire_date', 'grid_code'])
      expect(missing).toContain(column)
    expect(missing.filter((column) => delivered.includes(column))).toEqual([])

    const saved = await call('PUT', `/branches/${BRANCH}/campaigns/first-year-care`, {
      yaml: CAMPAIGN,
    })
    const rows = await readCsv(DELIVERED)
    const meant = rows
      .filter((one) => one.Churn === 'No' && one.Contract === 'Month-to-month')
      .filter((one) => Number(one.tenure) <= 12)
      .map((one) => one.customerID ?? '')
    expect(saved).toMatchObject({ status: 200, body: { count: meant.length } })

    const plan = await desk.done(
      ...['plan', '--branch', BRANCH, '--date', '2026-11-21', '--publish', '--out', 'out'],
    )
    expect(plan).toMatchObject({
      base: 7043,
      candidates: meant.length,
      assigned: 120, // two agents work on a Saturday
      unassigned: { no_capacity: meant.length - 120 },
      published: true,
    })
    const tasks = await readCsv(join(desk.folder, 'out/tasks.csv'))
    expect(meant).toEqual(expect.arrayContaining(tasks.map((task) => task.subscriber_id)))
    const { body: list } = await call('GET', `/branches/${BRANCH}/people/C1/list?date=2026-11-21`)
    expect(list.total).toBe(60)
  },
)
