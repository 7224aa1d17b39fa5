/** Events that halls hold in villages and firms. Owns the Postgres schema `events`. */
export type { Around } from './around.ts'
export { ownEvents } from './read-events.ts'
export { eventRoutes } from './routes.ts'
export { tellLater } from './tell-later.ts'
