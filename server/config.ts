import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parse } from 'yaml'
import { z } from 'zod'
import type { SignInSettings } from '#people'
import { type Networks, readNetworks } from '#platform/outgoing/networks.ts'
import type { CallSettings, KeptDays } from '#subscribers'
import { CALL_SETTINGS, callProblems, callsOf } from './call-config.ts'
import { Secret } from './secret.ts'
import { SIGN_IN_SETTINGS, signInOf, signInProblems } from './sign-in-config.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const Settings = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: port.default(8080),
  database_url: z.string().optional(),
  database_login_url: z.string().optional(),
  duckdb_threads: z.coerce.number().int().min(1).max(256).default(Math.max(1, cpus().length)),
  duckdb_memory_mb: z.coerce.number().int().min(128).default(1000),
  upload_limit_mb: z.coerce.number().int().min(1).default(2048),
  disk_floor_mb: z.coerce.number().int().min(0).default(256),
  key_file: z.string().optional(),
  trusted_proxies: z.string().optional(),
  keep_uploads_days: z.coerce.number().int().min(1).max(365).default(7),
  keep_left_out_days: z.coerce.number().int().min(1).max(365).default(30),
  keep_jobs_days: z.coerce.number().int().min(1).max(365).default(90),
  keep_evidence_days: z.coerce.number().int().min(31).max(3_660).default(366),
  keep_people_days: z.coerce.number().int().min(31).max(36_500).default(1096),
  account_requests_per_minute: z.coerce.number().int().min(0).default(600),
  address_requests_per_minute: z.coerce.number().int().min(0).default(60),
  webhook_networks: z.string().default(''),
  audit_file: z.string().optional(),
  audit_syslog: z.url({ protocol: /^tcp$/ }).optional(),
  ...SIGN_IN_SETTINGS,
  ...CALL_SETTINGS,
  log_level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
})

export type Config = Readonly<{
  host: string
  port: number
  databaseUrl: Secret | undefined
  databaseLoginUrl: Secret | undefined
  duckdbThreads: number
  duckdbMemoryMb: number
  uploadLimitBytes: number
  /** With less than this free on the disk of the data folder nothing is written any more. */
  diskFloorBytes: number
  /** Where the keys are kept; beside the data folder unless it says otherwise. */
  keyFile: string | undefined
  /** Whose `X-Forwarded-…` headers are believed: addresses and ranges, divided by commas. */
  trustedProxies: string | undefined
  /** For how long are kept: files with personal data in clear text, jobs that ended, photos of visits, people in snapshots. */
  keptDays: KeptDays & Readonly<{ jobs: number; evidence: number; people: number }>
  /** Calls that an account may make in a minute, and strangers of one address; 0 is no limit. */
  rateLimits: Readonly<{ account: number; address: number }>
  /** Networks inside to which webhooks may go. */
  webhookNetworks: Networks
  /** Where a copy of the audit trail is kept: a file, best on another disk, and a syslog server. */
  auditFile: string | undefined
  auditSyslog: URL | undefined
  signIn: SignInSettings
  /** The call platform that connects people with subscribers; null: there is none. */
  calls: CallSettings
  logLevel: z.infer<typeof Settings>['log_level']
  /** Where each value that is not a default came from, for `doctor`. */
  sources: Readonly<Record<string, 'environment' | 'file'>>
}>

/** All that is wrong with the configuration, each with its remedy. Told before anything starts. */
export class ConfigProblems extends Error {
  override name = 'ConfigProblems'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the configuration is not valid:\n${problems.map((one) => `  ${one}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads the configuration once: `GRIDKEEPER_<NAME>` (and `DATABASE_URL`, `DATABASE_LOGIN_URL`) from
 * the environment, over the YAML file that `GRIDKEEPER_CONFIG` names, over the defaults.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const file = environment.GRIDKEEPER_CONFIG
  if (file && !existsSync(file)) throw new ConfigProblems([`GRIDKEEPER_CONFIG: no file ${file}`])
  const fromFile = file ? (parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
  const fromEnvironment: Record<string, string> = {}
  for (const name of Object.keys(Settings.shape)) {
    const upper = name.toUpperCase()
    const value = name.startsWith('database_')
      ? environment[upper]
      : environment[`GRIDKEEPER_${upper}`]
    if (value !== undefined && value !== '') fromEnvironment[name] = value
  }
  const read = Settings.safeParse({ ...fromFile, ...fromEnvironment })
  if (!read.success)
    throw new ConfigProblems(
      read.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    )
  const settings = read.data
  const opened = readNetworks(settings.webhook_networks)
  const problems = [
    ...signInProblems(settings),
    ...callProblems(settings),
    ...opened.problems.map((problem) => `webhook_networks: ${problem}`),
  ]
  if (problems.length > 0) throw new ConfigProblems(problems)
  const secret = (value: string | undefined) => (value ? new Secret(value) : undefined)
  return {
    host: settings.host,
    port: settings.port,
    databaseUrl: secret(settings.database_url),
    databaseLoginUrl: secret(settings.database_login_url),
    duckdbThreads: settings.duckdb_threads,
    duckdbMemoryMb: settings.duckdb_memory_mb,
    uploadLimitBytes: settings.upload_limit_mb * 1024 * 1024,
    diskFloorBytes: settings.disk_floor_mb * 1024 * 1024,
    keyFile: settings.key_file,
    trustedProxies: settings.trusted_proxies,
    keptDays: {
      uploads: settings.keep_uploads_days,
      leftOut: settings.keep_left_out_days,
      jobs: settings.keep_jobs_days,
      evidence: settings.keep_evidence_days,
      people: settings.keep_people_days,
    },
    rateLimits: {
      account: settings.account_requests_per_minute,
      address: settings.address_requests_per_minute,
    },
    webhookNetworks: opened.networks,
    auditFile: settings.audit_file,
    auditSyslog: settings.audit_syslog ? new URL(settings.audit_syslog) : undefined,
    signIn: signInOf(settings),
    calls: callsOf(settings),
    logLevel: settings.log_level,
    sources: {
      ...Object.fromEntries(Object.keys(fromFile).map((name) => [name, 'file' as const])),
      ...Object.fromEntries(Object.keys(fromEnvironment).map((name) => [name, 'environment'])),
    },
  }
}
