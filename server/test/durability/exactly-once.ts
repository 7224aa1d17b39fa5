import { verifyAudit } from '#platform/audit/verify.ts'
import type { OwnedHouse } from '../../house.ts'
import type { Told } from './told.ts'

/**
 * Looks for what a load was promised and is not there, or is there twice: each line that comes back
 * says what is wrong. Reads the tables themselves. The load has ended, and nothing else was done.
 */
export async function lookForWrong(
  house: OwnedHouse,
  branchId: string,
  told: Told,
): Promise<string[]> {
  const { faults } = await verifyAudit(house.works, null)
  return [
    ...faults.map((fault) => `the audit trail: ${JSON.stringify(fault)}`),
    ...(await wrongEdits(house, branchId, told)),
    ...(await wrongJobs(house, branchId, told)),
    ...(await wrongImports(house, branchId, told)),
    ...(await wrongEntries(house, branchId, told)),
  ]
}

const of = ({ acknowledged }: Told, errand: string) =>
  acknowledged.filter(({ call }) => call.errand === errand)

const isNot = (what: string, found: number, wanted: number): string[] =>
  found === wanted ? [] : [`${what}: ${found}, not ${wanted}`]

async function wrongEdits({ ledger }: OwnedHouse, branchId: string, told: Told) {
  const { rows } = await ledger.owner.query<{ path: string; versions: number }>(
    `select format('/branches/%s/profiles/%s', branch_id, name) as path,
            count(*)::integer as versions
       from subscribers.profile where branch_id = $1 group by 1`,
    [branchId],
  )
  const versions = new Map(rows.map((row) => [row.path, row.versions]))
  const edits = of(told, 'edit')
  return [
    ...edits.flatMap(({ call }) => isNot(call.path, versions.get(call.path) ?? 0, 1)),
    ...isNot('profiles', rows.length, edits.length),
  ]
}

async function wrongJobs({ ledger }: OwnedHouse, branchId: string, told: Told) {
  const { rows } = await ledger.owner.query<{ kind: string; job: string; state: string }>(
    'select kind, job_id as job, state from platform.job where branch_id = $1',
    [branchId],
  )
  const done = new Set(rows.filter(({ state }) => state === 'done').map(({ job }) => job))
  return [
    ...rows.filter(({ job }) => !done.has(job)).map((row) => `a job: ${JSON.stringify(row)}`),
    ...told.ended.filter(({ jobId }) => !done.has(jobId)).map((one) => `lost: ${one.jobId}`),
    ...['import', 'plan', 'publish'].flatMap((kind) => {
      const jobs = rows.filter((row) => row.kind === kind)
      return isNot(`jobs of kind ${kind}`, jobs.length, of(told, kind).length)
    }),
  ]
}

async function wrongImports({ ledger }: OwnedHouse, branchId: string, told: Told) {
  const { rows } = await ledger.owner.query<{ contacts: number; imports: number }>(
    `select (select count(*) from contacts.contact
              where branch_id = $1 and contact_id like 'crash-%')::integer as contacts,
            (select count(*) from subscribers.import
              where branch_id = $1 and file like 'contacts-%')::integer as imports`,
    [branchId],
  )
  const wanted = of(told, 'import').length
  return [
    ...isNot('contacts', rows[0]?.contacts ?? 0, wanted),
    ...isNot('imports', rows[0]?.imports ?? 0, wanted),
  ]
}

/** What is done once is told once; what a client asked again, because no answer came, oftener. */
async function wrongEntries({ ledger }: OwnedHouse, branchId: string, told: Told) {
  const { rows } = await ledger.owner.query<{ action: string; count: number; about: number }>(
    `select action, count(*)::integer as count, count(distinct about_id)::integer as about
       from platform.audit_entry
      where chain in ($1, '') and at >= $2
      group by action`,
    [branchId, new Date(told.acknowledged[0]?.at ?? 0)],
  )
  const count = (action: string) => rows.find((row) => row.action === action)?.count ?? 0
  const plans = rows.find((row) => row.action === 'plan.made')?.about ?? 0
  const once = { 'profile.saved': 'edit', 'import.recorded': 'import', 'plan.published': 'publish' }
  const often = { 'portrait.read': 'portrait', 'export.made': 'export' }
  return [
    ...Object.entries(once).flatMap(([action, errand]) =>
      isNot(`entries of ${action}`, count(action), of(told, errand).length),
    ),
    ...isNot('entries of plan.made', count('plan.made'), plans),
    ...Object.entries(often)
      .filter(([action, errand]) => count(action) < of(told, errand).length)
      .map(([action]) => `entries of ${action} are missing`),
  ]
}
