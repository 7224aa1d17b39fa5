/** Makes a whole county that does not exist, in the files that a real one delivers. */
export { generateCounty } from './generate-county.ts'
export { PLANTED } from './planted.ts'
