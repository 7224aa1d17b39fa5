import pg from 'pg'

/**
 * Where the ledger is. `owner` migrates and creates; `login` is the role that serves: it owns
 * nothing, inherits nothing, and does its work as `gridkeeper_app` inside each unit.
 */
export type LedgerAddress = Readonly<{ owner: pg.PoolConfig; login: pg.PoolConfig }>

/** Days stay text and counts become numbers here, in one place, for every query of the house. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return toSafeNumber
      if (oid === DATE) return (text: string) => text
    }
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig
const INT8 = 20
const DATE = 1082

/** A pool whose connections stop a statement after `statementSeconds`; 0 lets it run. */
export function openPool(
  address: pg.PoolConfig,
  { size = 10, statementSeconds = 0 }: { size?: number; statementSeconds?: number } = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...address,
    max: size,
    types,
    application_name: 'gridkeeper',
    statement_timeout: statementSeconds * 1000,
    idle_in_transaction_session_timeout: 0,
  })
  // An idle connection that breaks is replaced by the pool; whoever needs one next is told if not.
  pool.on('error', () => undefined)
  // One that breaks in use fails what is asked of it; it must not end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function toSafeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond 2^53: ${text}`)
  return value
}
