/** Events that halls hold in villages and firms. Owns the Postgres schema `events`. */
export { eventRoutes } from './routes.ts'
