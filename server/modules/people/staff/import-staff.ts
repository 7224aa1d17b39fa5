import assert from 'node:assert/strict'
import type { Day } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { branchUnits } from '../organisation/branch-units.ts'
import {
  isTurned,
  type Listed,
  type Outcome,
  type RowFinding,
  refuseFirst,
} from '../organisation/listed.ts'
import { holds, reconcile, type Stated, standing, type Version } from '../organisation/versions.ts'
import { isRole, type Role, usualDays } from '../roles.ts'
import { findTaken, giveAccounts, normaliseAccount } from './accounts.ts'
import { isOneself } from './appointments.ts'
import { findNotYours, type Wish } from './not-yours.ts'
import {
  insertStaffVersions,
  lockStaff,
  type PostOf,
  selectForeignStaff,
  selectStaffVersions,
  updateStaffVersions,
} from './staff-store.ts'
import { tellChanges } from './tell-changes.ts'

/** A row of the staff file of a branch. */
export type StaffRow = Readonly<{
  row: number
  staffId: string
  name: string | null
  phone: string | null
  account: string | null
  roles: readonly string[]
  unitId: string | null
  skills: readonly string[]
  capacityDoor: number | null
  capacityCall: number | null
  capacityHall: number | null
  capacityInstall: number | null
  days: string | null
  validFrom: Day | null
  validTo: Day | null
  agency: string | null
  extension: string | null
}>

/** Looks at the rows of a staff file, in its order and with its duplicates. */
export async function checkStaff(
  unit: Unit,
  of: Listed,
  rows: readonly StaffRow[],
): Promise<RowFinding[]> {
  const branch = await branchUnits(unit, of)
  const staffIds = [...new Set(rows.map(({ staffId }) => staffId))]
  const elsewhere = await findElsewhere(unit, of, { staffIds, unitIds: branch.all })
  const findings: RowFinding[] = []
  for (const row of rows) {
    const { row: at, name, unitId, roles, validTo, days, extension } = row
    const add = (
      severity: RowFinding['severity'],
      code: RowFinding['code'],
      column: string,
      value: string | null,
    ) => findings.push({ row: at, severity, code, column, value })
    const stranger = roles.find((role) => !isRole(role))
    if (name === null) add('reject', 'staff-name-missing', 'name', null)
    if (unitId === null || !branch.open.has(unitId))
      add('reject', 'staff-unit-unknown', 'unit_id', unitId)
    if (roles.length === 0 || stranger !== undefined)
      add('reject', 'staff-role-unknown', 'roles', stranger ?? null)
    if (elsewhere.has(row.staffId)) add('reject', 'staff-elsewhere', 'staff_id', row.staffId)
    if (isTurned(row)) add('reject', 'dates-turned', 'valid_to', validTo)
    if (days !== null && readDays(days) === null) add('warn', 'staff-days-unreadable', 'days', days)
    if (extension !== null && readExtension(extension) === null)
      add('warn', 'staff-extension-unreadable', 'extension', extension)
  }
  const rejected = new Set(findings.flatMap((each) => (each.severity === 'reject' ? each.row : [])))
  const whole = rows.filter(({ row }) => !rejected.has(row))
  const taken = await findTakenAccounts(unit, of, whole)
  const notYours = await findNotYours(
    unit,
    of,
    whole.map((row) => wishOf(of, row)),
  )
  return [...findings, ...taken, ...notYours].sort((a, b) => a.row - b.row)
}

/**
 * Makes the people of a branch what its file says from `of.date` on. The rows passed `checkStaff`
 * and are one a person. Without an account or an extension in the file a person keeps the one there
 * is; who is not in the file leaves on that day and can no longer sign in, but whoever ordered the
 * import stays. Each change of a unit, of roles, dates or an account is in the trail.
 */
export async function importStaff(
  unit: Unit,
  of: Listed,
  rows: readonly StaffRow[],
): Promise<Outcome> {
  await lockStaff(unit)
  refuseFirst(await checkStaff(unit, of, rows))
  const { all } = await branchUnits(unit, of)
  const inBranch = new Set(all)
  const alsoNamed = new Set(of.alsoNamed)
  const held = await selectStaffVersions(unit, {
    unitIds: all,
    staffIds: rows.map(({ staffId }) => staffId),
  })
  const versionsOf = Map.groupBy(held, ({ id }) => id)
  const { begun, amended, counts } = reconcile({
    held,
    stated: rows.map((row) => wishOf(of, row).statedAfter(versionsOf.get(row.staffId) ?? [])),
    day: of.date,
    mayEnd: ({ id, of: post }) =>
      inBranch.has(post.unitId) && !alsoNamed.has(id) && !isOneself(unit, id),
  })
  const written = await updateStaffVersions(unit, amended)
  assert(written === amended.length, 'every version that changes is in scope')
  await insertStaffVersions(unit, begun)
  const accounts = await giveAccounts(unit, accountsOf(rows))
  tellChanges(unit, of, { held, changed: [...amended, ...begun], accounts })
  return { changed: accounts.length + begun.length + amended.length > 0, counts }
}

/** The working weekdays as the ledger keeps them, `12345`; null when the text is none. */
export function readDays(text: string): string | null {
  const digits = [...text.normalize('NFKC').replaceAll(/[\s,，、|]/g, '')]
  if (digits.length === 0 || digits.some((digit) => !/[1-7]/.test(digit))) return null
  return [...new Set(digits)].sort().join('')
}

/** Two to twelve digits, whatever divides them; null when the text is none. */
export function readExtension(text: string): string | null {
  const digits = text.normalize('NFKC').replaceAll(/[\s()#-]/g, '')
  return /^\d{2,12}$/.test(digits) ? digits : null
}

const wishOf = (of: Listed, row: StaffRow): Wish => ({
  ...{ row: row.row, staffId: row.staffId },
  statedAfter: (held) => statedOf(row, standing(held, changesOn(row, of))),
  account: row.account === null ? null : normaliseAccount(row.account),
})

const accountsOf = (rows: readonly StaffRow[]) =>
  rows.flatMap(({ staffId, account }) =>
    account === null ? [] : [{ staffId, account: normaliseAccount(account) }],
  )

/** The day from which a row holds for somebody who is there already. */
const changesOn = ({ validFrom }: StaffRow, { date }: Listed): Day =>
  validFrom !== null && validFrom > date ? validFrom : date

function statedOf(row: StaffRow, before: Version<PostOf> | undefined): Stated<PostOf> {
  const { staffId, validFrom, validTo, unitId, name, phone, skills, agency } = row
  assert(unitId !== null && name !== null, 'the row was looked at')
  const roles: Role[] = row.roles.filter(isRole)
  const of = {
    unitId,
    name,
    phone,
    roles,
    skills: [...skills],
    capacityDoor: row.capacityDoor ?? 0,
    capacityCall: row.capacityCall ?? 0,
    capacityHall: row.capacityHall ?? 0,
    capacityInstall: row.capacityInstall ?? 0,
    days: (row.days === null ? null : readDays(row.days)) ?? usualDays(roles),
    agency,
    extension:
      (row.extension === null ? null : readExtension(row.extension)) ??
      before?.of.extension ??
      null,
  }
  return { id: staffId, validFrom, validTo, of }
}

/** People who belong to another branch on the day of the file, or will. */
async function findElsewhere(
  unit: Unit,
  of: Listed,
  asked: Readonly<{ staffIds: readonly string[]; unitIds: readonly string[] }>,
): Promise<ReadonlySet<string>> {
  const own = new Set(asked.unitIds)
  const held = await selectStaffVersions(unit, { unitIds: [], staffIds: asked.staffIds })
  const away = ({ of: post, ...dates }: Version<PostOf>) =>
    !own.has(post.unitId) && (holds(dates, of.date) || dates.validFrom > of.date)
  const foreign = await selectForeignStaff(unit, asked.staffIds)
  return new Set([...foreign, ...held.filter(away).map(({ id }) => id)])
}

/** Rows whose account is somebody else’s. Of several rows of one person the last one counts. */
async function findTakenAccounts(
  unit: Unit,
  of: Listed,
  rows: readonly StaffRow[],
): Promise<RowFinding[]> {
  const last = [...new Map(rows.map((row) => [row.staffId, row])).values()]
  const wanted = accountsOf(last)
  const { all } = await branchUnits(unit, of)
  const own = await selectStaffVersions(unit, { unitIds: all, staffIds: [] })
  // Whoever the file no longer names leaves, and gives up the account with the post.
  const leaving = new Set(own.map(({ id }) => id))
  const taken = await findTaken(unit, wanted, (staffId) => !leaving.has(staffId))
  return last.flatMap(({ row, staffId, account }): RowFinding[] =>
    taken.has(staffId)
      ? [
          {
            row,
            severity: 'reject',
            code: 'staff-account-taken',
            column: 'account',
            value: account,
          },
        ]
      : [],
  )
}
