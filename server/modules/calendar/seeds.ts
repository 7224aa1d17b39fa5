import type { Season } from './season.ts'
import type { QuietHours, VisitWindow } from './windows.ts'

/** The towns of 栖霞 that live by apples: all but the three street offices of the county town. */
const APPLE_TOWNS = [
  '370686101',
  '370686102',
  '370686103',
  '370686104',
  '370686105',
  '370686107',
  '370686108',
  '370686109',
  '370686110',
  '370686111',
  '370686113',
]

const APPLES = { crop: '苹果', towns: APPLE_TOWNS, advice: 'evening-only' } as const

/**
 * Seasons that a branch begins with. In these weeks people are in the orchards from dawn to dusk,
 * so visits are for the evening.
 */
export const SEEDED_SEASONS: Readonly<Record<string, readonly Season[]>> = {
  '370686': [
    {
      ...APPLES,
      seasonId: 'apple-thinning',
      name: { zh: '苹果疏花疏果', en: 'Apple thinning' },
      from: '04-25',
      to: '06-05',
    },
    {
      ...APPLES,
      seasonId: 'apple-bagging',
      name: { zh: '苹果套袋', en: 'Apple bagging' },
      from: '05-25',
      to: '06-25',
    },
    {
      ...APPLES,
      seasonId: 'apple-harvest',
      name: { zh: '苹果摘袋采收', en: 'Apple harvest' },
      from: '09-20',
      to: '10-31',
    },
  ],
}

/** When people are at home, the best time first. */
export const USUAL_WINDOWS: readonly VisitWindow[] = [
  {
    windowId: 'weekend',
    name: { zh: '周末白天', en: 'Weekend day' },
    from: '09:00',
    to: '18:00',
    on: ['weekend'],
  },
  {
    windowId: 'holiday',
    name: { zh: '节假日白天', en: 'Holiday day' },
    from: '09:00',
    to: '18:00',
    on: ['holiday'],
  },
  {
    windowId: 'evening',
    name: { zh: '傍晚', en: 'Evening' },
    from: '17:30',
    to: '20:30',
    on: ['workday', 'makeup', 'weekend', 'holiday'],
  },
  {
    windowId: 'early-morning',
    name: { zh: '清晨', en: 'Early morning' },
    from: '06:00',
    to: '08:00',
    on: ['workday', 'makeup'],
  },
]

/** When nobody is disturbed; a habit of the trade, no law. */
export const USUAL_QUIET_HOURS: readonly QuietHours[] = [
  { channel: 'door', from: '20:30', to: '06:00' },
  { channel: 'call', from: '20:00', to: '09:00' },
  { channel: 'sms', from: '21:00', to: '08:00' },
]
