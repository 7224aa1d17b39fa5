import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { audit } from './audit/audit.ts'
import { afterCommit, beforeCommit, onBehalfOf, type Unit } from './unit.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const clerk = await branch.hire({ roles: ['hall_clerk'] })
const { system, branchId } = branch

const note = (unit: Unit, id: string) =>
  audit(unit, {
    branchId,
    action: 'plan.made',
    about: { kind: 'plan', id },
    values: { day: '2026-11-21' },
  })
const noted = async (id: string) =>
  (await branch.sql(`select actor from platform.audit_entry where about_id = '${id}'`)).map(
    ({ actor }) => actor,
  )

test('what is done on behalf of another is in the trail with the rest, each by whoever did it', async () => {
  const order: string[] = []
  await branch.unit(clerk, async (unit) => {
    await onBehalfOf(unit, system, async (own) => {
      note(own, 'both')
      beforeCommit(own, async () => void order.push('before'))
      afterCommit(own, () => void order.push('after'))
    })
    note(unit, 'both')
    order.push('work')
    expect(await noted('both'), 'it is told with the commit').toEqual([])
  })
  expect(order).toEqual(['work', 'before', 'after'])
  expect((await noted('both')).toSorted()).toEqual([clerk.id, system.id].toSorted())
})

test('what failed on behalf of another leaves nothing for the commit, and the unit goes on', async () => {
  const order: string[] = []
  await branch.unit(clerk, async (unit) => {
    const failed = onBehalfOf(unit, system, async (own) => {
      note(own, 'failed')
      beforeCommit(own, async () => void order.push('before'))
      afterCommit(own, () => void order.push('after'))
      await onBehalfOf(own, system, async (inner) => note(inner, 'failed'))
      throw new Error('undone')
    })
    await expect(failed).rejects.toThrow('undone')
    note(unit, 'kept')
  })
  expect(order).toEqual([])
  expect(await noted('failed')).toEqual([])
  expect(await noted('kept')).toEqual([clerk.id])
})

test('what an inner unit leaves undoes all when it fails before the commit', async () => {
  const unit = branch.unit(clerk, async (outer) => {
    note(outer, 'outer')
    await onBehalfOf(outer, system, async (own) =>
      onBehalfOf(own, clerk.actor, async (inner) =>
        beforeCommit(inner, async () => {
          throw new Error('too late')
        }),
      ),
    )
  })
  await expect(unit).rejects.toThrow('too late')
  expect(await noted('outer')).toEqual([])
})
