import { listLapsed, listSweeps, readLapse, readLapsedPlaces } from '#contract/lapsed.ts'

/** What shows otherwise once a sweep is planned or called off. */
export const BY_SWEEPS = [listSweeps, listLapsed, readLapsedPlaces] as const
/** What shows otherwise once something is recorded of a lapse. */
export const BY_LAPSES = [readLapse, ...BY_SWEEPS] as const
