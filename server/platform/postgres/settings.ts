/**
 * How the engine runs: two cores shared with our own process, memory in hundreds of megabytes,
 * every commit on disk, nothing on the network, and a log without what people typed.
 */
const SETTINGS = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // No copy of the server reads along, so bulk loads into a new table need no log of their own.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  // Big questions are DuckDB's; a container's /dev/shm of 64 MB would not carry parallel ones.
  max_parallel_workers_per_gather: '0',
  idle_in_transaction_session_timeout: '10min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  // Statements and details carry names and numbers of subscribers.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_min_messages: 'fatal',
} as const

/** The settings as arguments of the server. */
export function settingArguments(listen: Readonly<Record<string, string>>): string[] {
  return Object.entries({ ...SETTINGS, ...listen }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
}
