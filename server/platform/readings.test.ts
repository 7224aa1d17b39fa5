import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { onBehalfOf, readAnew, readOnce, type Unit } from './unit.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const { system } = branch
const manager = await branch.hire()

/** Counts how often it is really read. */
function counter() {
  let times = 0
  const read = (unit: Unit) =>
    readOnce(unit, { from: ['people', 'calendar'], what: 'so many' }, async () => {
      times += 1
      return times
    })
  return read
}

test('a unit reads a thing once, and the next unit anew', async () => {
  const read = counter()
  await branch.unit(system, async (unit) => {
    expect([await read(unit), await read(unit)]).toEqual([1, 1])
  })
  await branch.unit(system, async (unit) => expect(await read(unit)).toBe(2))
})

test('what one actor was shown is not shown to another in the same transaction', async () => {
  const read = counter()
  await branch.unit(manager, async (unit) => {
    expect(await read(unit)).toBe(1)
    expect(await onBehalfOf(unit, system, read)).toBe(2)
    expect(await onBehalfOf(unit, system, read), 'the system was told already').toBe(2)
    expect(await read(unit)).toBe(1)
  })
})

test.each([
  'update people.unit set name = name where false',
  'delete from calendar.day where false',
  'with gone as (delete from "calendar"."day" where false returning 1) select 1 from gone',
  'insert into  calendar.day select * from calendar.day where false',
])('a unit sees what it writes: %s', async (text) => {
  const read = counter()
  await branch.unit(system, async (unit) => {
    expect(await read(unit)).toBe(1)
    await sql.raw('select * from people.unit').execute(unit.db)
    expect(await read(unit), 'reading changes nothing').toBe(1)
    await sql.raw(text).execute(unit.db)
    expect(await read(unit)).toBe(2)
  })
})

test('whoever takes a lock sees what others did before, in one schema or in all', async () => {
  const read = counter()
  await branch.unit(system, async (unit) => {
    await read(unit)
    readAnew(unit, 'subscribers')
    expect(await read(unit)).toBe(1)
    readAnew(unit, 'calendar')
    expect(await read(unit)).toBe(2)
    readAnew(unit)
    expect(await read(unit)).toBe(3)
  })
})

test('what was undone is not remembered, nor is a reading that failed', async () => {
  const read = counter()
  await branch.unit(manager, async (unit) => {
    const failed = onBehalfOf(unit, system, async (own) => {
      await read(own)
      throw new Error('undone')
    })
    await expect(failed).rejects.toThrow('undone')
    expect(await onBehalfOf(unit, system, read)).toBe(2)
    let tries = 0
    const unsure = () =>
      readOnce(unit, { from: ['people'], what: 'unsure' }, async () => {
        tries += 1
        if (tries === 1) throw new Error('not this time')
        return tries
      })
    await expect(unsure()).rejects.toThrow('not this time')
    expect(await unsure()).toBe(2)
  })
})
