/**
 * When contracts end, who let theirs end, why, and what is done about it. Owns the Postgres schema
 * `renewals`.
 */
export { RENEWALS_ERASER } from './erase-lapsed.ts'
export { hearResult } from './hear-result.ts'
export { keepRegisters, rehomeRegister } from './keep-register.ts'
export { selectLapsesOf as lapsesOf } from './register-store.ts'
export { renewalRoutes } from './routes.ts'
