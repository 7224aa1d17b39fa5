import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { forgetPeople } from '#subscribers'
import { openBranch } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch

/** Three years and a day before, three years before, and yesterday. */
const NIGHTS = ['2023-11-19', '2023-11-20', '2026-11-19']
const THREE_YEARS = 1096
for (const [nth, date] of NIGHTS.entries())
  await importRows(branch, {
    kind: 'subscribers',
    date,
    rows: ['S1', 'S2'].map((id) => ({
      ...{ subscriber_id: id, customer_name: '王小明', contact_phone: `1380000000${nth}` },
      ...{ install_address: '栖霞市翠屏街道文化路3号楼2单元301室', status: 'active' },
      ...{ plan_monthly_fee: '39.00', offer_exp_date: '20270101', 春节返乡: '是' },
    })),
  })

/** What is left of people in the file of each night, by date. */
async function told(): Promise<Record<string, string>> {
  const files = (await branch.sql(
    'select date::text as date, file from subscribers.snapshot order by date',
  )) as { date: string; file: string }[]
  await using session = await works.lake.session()
  const told: Record<string, string> = {}
  for (const { date, file } of files) {
    const path = join(works.lake.folder, file)
    const [row] = await session.rows<{
      people: number
      addresses: number
      own: number
      ends: number
    }>(
      `select count(identity)::integer as people, count(install_address)::integer as addresses,
              count("custom_春节返乡")::integer as own, count(contract_end)::integer as ends
         from read_parquet('${path}')`,
    )
    told[date] = JSON.stringify(row)
  }
  return told
}
const WHOLE = JSON.stringify({ people: 2, addresses: 2, own: 2, ends: 2 })
const FORGOTTEN = JSON.stringify({ people: 0, addresses: 0, own: 0, ends: 2 })

test('after their time nights tell of nobody any more, and keep when contracts end', async () => {
  expect(await told()).toEqual(Object.fromEntries(NIGHTS.map((date) => [date, WHOLE])))
  expect(await forgetPeople(works, THREE_YEARS)).toBe(1)
  expect(await told()).toEqual({
    '2023-11-19': FORGOTTEN,
    '2023-11-20': WHOLE,
    '2026-11-19': WHOLE,
  })
  expect(await forgetPeople(works, THREE_YEARS), 'once').toBe(0)
  branch.clock.set('2026-11-21T12:00:00Z')
  expect(await forgetPeople(works, THREE_YEARS), 'a day later the next one').toBe(1)
})

test('the night that screens stand on is kept, however old it is', async () => {
  branch.clock.set('2036-11-21T12:00:00Z')
  expect(await forgetPeople(works, THREE_YEARS)).toBe(0)
  const manager = await branch.hire()
  const { status, body } = await branch.get(`/branches/${branchId}/subscribers/S1`, manager)
  expect(status).toBe(200)
  expect(body).toMatchObject({ subscriber: { name: '王**', phone: '138****0002' } })
})

test('the trail says which nights were emptied', async () => {
  const entries = await branch.sql(
    `select body::jsonb -> 'values' ->> 'date' as date from platform.audit_entry
      where action = 'snapshot.forgotten' order by seq`,
  )
  expect(entries).toEqual([{ date: '2023-11-19' }, { date: '2023-11-20' }])
})
