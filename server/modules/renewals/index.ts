/** When contracts end, and what is done before and after. Owns no table yet. */
export { renewalRoutes } from './routes.ts'
