import { afterAll, expect, test } from 'vitest'
import { givePassword } from '#people'
import { openBranch } from '../../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

const give = (account: string, branchId: string | null = null) =>
  branch.unit(branch.system, (unit) =>
    givePassword(unit, { branchId, account, password: 'a word for the first day' }),
  )
const signIn = (account: string) =>
  branch.post('/session', undefined, { account, password: 'a word for the first day' })

test('an account gets a password and can sign in with it', async () => {
  await branch.hire({ account: 'xinren' })
  expect(await signIn('xinren')).toMatchObject({ status: 401 })
  expect(await give('xinren')).toMatchObject({ opened: false })
  expect(await signIn('xinren')).toMatchObject({ status: 200 })
})

test('a branch without an administrator gets its first, and only its first', async () => {
  expect(await give('guanli', branch.branchId)).toMatchObject({ opened: true })
  expect(await signIn('guanli')).toMatchObject({ status: 200 })
  await expect(give('guanli2', branch.branchId)).rejects.toMatchObject({ code: 'account-unknown' })
})
