import { z } from 'zod'
import {
  Count,
  Day,
  type Endpoint,
  InBranch,
  Instant,
  Named,
  PageQuery,
  pageOf,
  Reason,
  Uuid,
} from './endpoint.ts'
import { Job } from './jobs.ts'
import { MaskedId, maskOf } from './personal.ts'
import { FILES_REFUSALS } from './refusals/files.ts'

/** Whatever may be wrong with a delivered file as a whole. */
const FILE_REFUSALS = Object.keys(FILES_REFUSALS) as (keyof typeof FILES_REFUSALS)[]

export const ImportKind = z.enum([
  'organisation',
  'places',
  'staff',
  'subscribers',
  'contacts',
  'competitors',
  'resources',
])
export type ImportKind = z.infer<typeof ImportKind>

/** What every import says of itself, and what `import --json` prints. */
export const ImportReport = z
  .object({
    rows: Count,
    accepted: Count,
    rejected: Count,
    duplicates: Count,
    warnings: z.array(Reason),
    rejects: z.string().nullable(),
    snapshot: z.string().nullable(),
    changed: z.boolean(),
  })
  .meta({ id: 'ImportReport' })

export const uploadFile = {
  operationId: 'uploadFile',
  method: 'POST',
  path: '/branches/:branchId/uploads',
  needs: 'import:write',
  summary: { zh: '上传数据文件（不超过 2 GiB）', en: 'Upload a file of at most 2 GiB' },
  params: InBranch,
  response: z.object({ uploadId: Uuid, name: z.string(), bytes: Count, sha256: z.string() }),
  refusals: ['branch-unknown', 'not-allowed', 'upload-too-large', 'upload-missing'],
  kind: 'upload',
} as const satisfies Endpoint

/** How one delivered column is understood. `target` null: kept as a custom column. */
export const ColumnProposal = z
  .object({
    source: z.string(),
    target: z.string().nullable(),
    /** 0–1: 1 for an exact alias, lower for a normalised or a similar one. */
    confidence: z.number(),
    type: z.string(),
    unit: z.string().nullable(),
    because: Reason,
    samples: z.array(z.string()),
  })
  .meta({ id: 'ColumnProposal' })

type Previewed = Readonly<{
  columns: readonly Readonly<{ target: string | null; samples: readonly string[] }>[]
  rows: readonly (readonly (string | null)[])[]
  converted: readonly Readonly<{ values: Readonly<Record<string, string | null>> }>[]
}>

/** What identifies somebody, and what nobody knows, is masked in a preview, whatever its form. */
function isMasked({ columns, rows, converted }: Previewed): boolean {
  const hides = (target: string | null) => target === null || maskOf(target) !== undefined
  const masked = (text: string | null | undefined) => !text || MaskedId.safeParse(text).success
  return (
    columns.every(({ target, samples }, at) =>
      hides(target) ? samples.every(masked) && rows.every((row) => masked(row[at])) : true,
    ) &&
    converted.every(({ values }) =>
      Object.entries(values).every(([target, text]) => !hides(target) || masked(text)),
    )
  )
}

export const previewUpload = {
  operationId: 'previewUpload',
  method: 'POST',
  asks: true,
  path: '/branches/:branchId/uploads/:uploadId/preview',
  needs: 'import:write',
  summary: { zh: '预览前 50 行并推荐列映射', en: 'Preview 50 rows and propose a mapping' },
  params: InBranch.extend({ uploadId: Uuid }),
  body: z.object({
    kind: ImportKind,
    profile: z.string().max(60).nullable(),
    /** The mapping as edited so far, as profile YAML; shown rows are converted by it. */
    yaml: z.string().max(200_000).nullable(),
    encoding: z.string().max(20).nullable(),
    delimiter: z.string().max(4).nullable(),
  }),
  response: z
    .object({
      encoding: z.string(),
      delimiter: z.string().nullable(),
      headerRow: Count,
      titleLines: z.array(z.string()),
      header: z.array(z.string()),
      columns: z.array(ColumnProposal),
      missing: z.array(z.string()),
      /** Delivered cells, as read. */
      rows: z.array(z.array(z.string().nullable())),
      /** The same rows as the mapping converts them: target → text, or the reason of the refusal. */
      converted: z.array(
        z.object({
          row: Count,
          values: z.record(z.string(), z.string().nullable()),
          reasons: z.array(Reason),
        }),
      ),
      /** The proposed (or named) profile, to be edited and saved. */
      yaml: z.string(),
      fileDate: Day.nullable(),
    })
    .refine(isMasked, 'personal data in clear text'),
  refusals: [
    'branch-unknown',
    'not-allowed',
    'upload-unknown',
    'profile-unknown',
    'profile-invalid',
    ...FILE_REFUSALS,
  ],
} as const satisfies Endpoint

export const startImport = {
  operationId: 'startImport',
  method: 'POST',
  path: '/branches/:branchId/imports',
  needs: 'import:write',
  summary: { zh: '开始导入（或试导入）', en: 'Start an import, or a dry run' },
  params: InBranch,
  body: z.object({
    uploadId: Uuid,
    kind: ImportKind,
    date: Day,
    profile: z.string().max(60).nullable(),
    dryRun: z.boolean(),
    /** The reason for taking a file whose row count moved too far. */
    force: z.string().max(400).nullable(),
  }),
  response: Job,
  refusals: [
    'branch-unknown',
    'not-allowed',
    'upload-unknown',
    'profile-unknown',
    'profile-invalid',
  ],
} as const satisfies Endpoint

export const ImportRow = ImportReport.extend({
  importId: Uuid,
  kind: ImportKind,
  date: Day,
  file: z.string(),
  bytes: Count,
  profile: z.string().nullable(),
  forced: z.string().nullable(),
  importedAt: Instant,
  importedBy: z.string(),
  /** Their name, or “—” for who is out of scope. */
  importedByName: Named,
  state: z.enum(['current', 'replaced', 'withdrawn']),
  withdrawnReason: z.string().nullable(),
}).meta({ id: 'ImportRow' })

export const listImports = {
  operationId: 'listImports',
  method: 'GET',
  path: '/branches/:branchId/imports',
  needs: 'anyone',
  summary: { zh: '导入记录', en: 'History of imports' },
  params: InBranch,
  query: PageQuery.extend({ kind: ImportKind.optional() }),
  response: pageOf(ImportRow).extend({ can: z.array(z.string()) }),
  refusals: ['branch-unknown', 'sort-unknown', 'cursor-unreadable'],
} as const satisfies Endpoint

const OfImport = InBranch.extend({ importId: Uuid })

export const Difference = z
  .object({
    against: Day.nullable(),
    appeared: Count,
    gone: Count,
    changed: Count,
    columns: z.array(z.object({ column: z.string(), label: Named, changed: Count })),
  })
  .meta({ id: 'Difference' })

export const readImport = {
  operationId: 'readImport',
  method: 'GET',
  path: '/branches/:branchId/imports/:importId',
  needs: 'anyone',
  summary: { zh: '导入报告', en: 'The report of an import' },
  params: OfImport,
  response: ImportRow.extend({
    /** Rejects by code, with an example each. */
    rejectReasons: z.array(
      z.object({ reason: Reason, column: z.string().nullable(), count: Count, exampleRow: Count }),
    ),
    columns: z.array(
      z.object({ column: z.string(), label: Named, source: z.string(), filled: Count }),
    ),
    notDelivered: z.array(z.object({ column: z.string(), label: Named })),
    difference: Difference.nullable(),
  }),
  refusals: ['branch-unknown', 'import-unknown'],
} as const satisfies Endpoint

export const downloadRejects = {
  operationId: 'downloadRejects',
  method: 'GET',
  path: '/branches/:branchId/imports/:importId/rejects.csv',
  needs: 'import:write',
  summary: { zh: '下载退回行', en: 'Download the rejected rows' },
  params: OfImport,
  response: z.string(),
  refusals: [
    'left-out-gone',
    'branch-unknown',
    'import-unknown',
    'not-allowed',
    'export-needs-approval',
  ],
  kind: 'download',
} as const satisfies Endpoint

export const downloadDuplicates = {
  ...downloadRejects,
  operationId: 'downloadDuplicates',
  path: '/branches/:branchId/imports/:importId/duplicates.csv',
  summary: { zh: '下载重复行', en: 'Download the duplicate rows' },
} as const satisfies Endpoint

export const withdrawImport = {
  operationId: 'withdrawImport',
  method: 'POST',
  path: '/branches/:branchId/imports/:importId/withdraw',
  needs: 'import:write',
  summary: { zh: '撤回一天的数据', en: 'Withdraw a bad day' },
  params: OfImport,
  body: z.object({ reason: z.string().min(2).max(400) }),
  response: Job,
  refusals: [
    'left-out-gone',
    'branch-unknown',
    'import-unknown',
    'not-allowed',
    'import-not-last',
    'import-withdrawn',
    'import-not-withdrawable',
  ],
} as const satisfies Endpoint

export const ProfileRow = z.object({
  name: z.string(),
  kind: ImportKind,
  version: Count,
  savedAt: Instant,
  savedBy: z.string(),
  /** Their name, or “—” for who is out of scope. */
  savedByName: Named,
  yaml: z.string(),
})

export const listProfiles = {
  operationId: 'listProfiles',
  method: 'GET',
  path: '/branches/:branchId/profiles',
  needs: 'anyone',
  summary: { zh: '列映射方案', en: 'Mapping profiles, latest version of each' },
  params: InBranch,
  response: z.object({ profiles: z.array(ProfileRow) }),
  refusals: ['branch-unknown'],
} as const satisfies Endpoint

export const putProfile = {
  operationId: 'putProfile',
  method: 'PUT',
  path: '/branches/:branchId/profiles/:name',
  needs: 'import:write',
  summary: { zh: '保存列映射方案（新版本）', en: 'Save a new version of a profile' },
  params: InBranch.extend({ name: z.string().regex(/^[a-z0-9-]{2,60}$/) }),
  body: z.object({ yaml: z.string().max(200_000) }),
  response: ProfileRow,
  refusals: ['branch-unknown', 'not-allowed', 'profile-invalid'],
} as const satisfies Endpoint

/** The canonical columns a source column can be mapped to. */
export const listColumns = {
  operationId: 'listColumns',
  method: 'GET',
  path: '/import-kinds/:kind/columns',
  needs: 'anyone',
  summary: { zh: '标准列', en: 'Canonical columns of a kind of file' },
  params: z.object({ kind: ImportKind }),
  response: z.object({
    columns: z.array(
      z.object({
        column: z.string(),
        label: Named,
        type: z.string(),
        required: z.boolean(),
        personal: z.enum(['none', 'direct', 'sensitive', 'key', 'quasi', 'staff']),
        aliases: z.array(z.string()),
      }),
    ),
  }),
  refusals: [],
} as const satisfies Endpoint
