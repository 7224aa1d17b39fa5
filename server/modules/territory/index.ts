/** What the network offers where. Owns the Postgres schema `territory`. */
export { publishResources, RESOURCES_HANDLER } from './resources.ts'
