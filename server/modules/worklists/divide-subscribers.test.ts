import fc from 'fast-check'
import { expect, test } from 'vitest'
import { divideBySubscribers, type Weighted } from './divide-subscribers.ts'

const task = (nth: number, village: number, subscribers: number): Weighted => ({
  ...{ taskId: `t${String(nth).padStart(3, '0')}`, town: '庄园街道', place: `村${village}` },
  ...{ priority: nth % 5, route: nth, subscribers },
})
const taker = (nth: number, capacity: number) => ({ staffId: `W${nth}`, capacity, held: [] })

const cases = {
  homes: fc.array(
    fc.record({
      village: fc.integer({ min: 1, max: 6 }),
      subscribers: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 80 },
  ),
  people: fc.integer({ min: 1, max: 7 }),
}

test('everybody looks after as many subscribers as the others, but for one home', () => {
  fc.assert(
    fc.property(cases.homes, cases.people, (homes, people) => {
      const tasks = homes.map(({ village, subscribers }, nth) => task(nth, village, subscribers))
      const crew = Array.from({ length: people }, (_, nth) => taker(nth, 1_000))
      const takes = divideBySubscribers(tasks, crew)
      expect(takes.size).toBe(tasks.length)
      const mean = tasks.reduce((sum, { subscribers }) => sum + subscribers, 0) / people
      const most = Math.max(0, ...tasks.map(({ subscribers }) => subscribers))
      for (const { staffId } of crew) {
        const own = tasks.filter(({ taskId }) => takes.get(taskId) === staffId)
        const load = own.reduce((sum, { subscribers }) => sum + subscribers, 0)
        expect(Math.abs(load - mean)).toBeLessThanOrEqual(most)
      }
      const visits = new Set(tasks.map(({ taskId, place }) => `${takes.get(taskId)} ${place}`))
      const villages = new Set(tasks.map(({ place }) => place))
      expect(visits.size, 'villages stay whole').toBeLessThan(villages.size + people)
    }),
    { seed: 4, numRuns: 1_000 },
  )
})

test('nobody gets more than there is room for, and what stays with nobody is least urgent', () => {
  const rooms = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(cases.homes, rooms, (homes, capacities) => {
      const tasks = homes.map(({ village, subscribers }, nth) => task(nth, village, subscribers))
      const crew = capacities.map((capacity, nth) => taker(nth, capacity))
      const takes = divideBySubscribers(tasks, crew)
      const room = capacities.reduce((sum, capacity) => sum + capacity, 0)
      expect(takes.size).toBe(Math.min(tasks.length, room))
      for (const { staffId, capacity } of crew) {
        const own = [...takes.values()].filter((who) => who === staffId)
        expect(own.length).toBeLessThanOrEqual(capacity)
      }
      const left = tasks.filter(({ taskId }) => !takes.has(taskId)).map(({ priority }) => priority)
      const taken = tasks.filter(({ taskId }) => takes.has(taskId)).map(({ priority }) => priority)
      if (left.length > 0) expect(Math.max(...left)).toBeLessThanOrEqual(Math.min(...taken, 5))
    }),
    { seed: 4, numRuns: 1_000 },
  )
})
