import { listEvents, readEvent, readEventCoverage } from '#contract/events.ts'
import type { Sentence } from '#contract/language.ts'
import type { EventState } from '#contract/on-site-event.ts'
import type { Tone } from '../../ui/Notices.tsx'

export const EVENT_STATES: Readonly<Record<EventState, { tone: Tone; name: Sentence }>> = {
  planned: { tone: 'plain', name: { zh: '已安排', en: 'Planned' } },
  held: { tone: 'good', name: { zh: '已举办', en: 'Held' } },
  reported: { tone: 'good', name: { zh: '已上报', en: 'Reported' } },
  'called-off': { tone: 'plain', name: { zh: '已取消', en: 'Called off' } },
}

/** What shows otherwise once something is planned, told, or called off. */
export const BY_EVENTS = [listEvents, readEvent, readEventCoverage] as const
