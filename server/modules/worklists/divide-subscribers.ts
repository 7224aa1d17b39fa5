import { order } from './crews.ts'
import type { Divisible, Taker } from './divide.ts'

/** A task with how many subscribers live where it goes. */
export type Weighted = Divisible & Readonly<{ subscribers: number }>

/**
 * Divides tasks among people so that each looks after as many subscribers as the others; who takes
 * each, by id. Villages are dealt out one after the other, so at most one between two neighbours is
 * split. Nobody gets more tasks than there is room for: where that is too little in all, those of the
 * lowest priority stay with nobody. While nobody is full, everybody’s subscribers are within those of
 * one home of the mean. Same input, same output.
 */
export function divideBySubscribers(
  tasks: readonly Weighted[],
  takers: readonly Taker[],
): ReadonlyMap<string, string> {
  const crew = takers
    .map(({ staffId, capacity, held }) => ({
      ...{ staffId, room: Math.max(0, capacity - held.length) },
    }))
    .filter(({ room }) => room > 0)
    .sort((a, b) => order(a.staffId, b.staffId))
  const rooms = crew.reduce((sum, { room }) => sum + room, 0)
  const along = tasks
    .toSorted((a, b) => b.priority - a.priority || order(a.taskId, b.taskId))
    .slice(0, rooms)
    .sort(
      (a, b) =>
        order(a.town ?? '', b.town ?? '') ||
        order(a.place ?? '', b.place ?? '') ||
        a.route - b.route ||
        order(a.taskId, b.taskId),
    )
  const takes = new Map<string, string>()
  let next = 0
  let roomBehind = rooms
  let share = sharing(along, 0, crew.length)
  let nth = 0
  for (const [place, { staffId, room }] of crew.entries()) {
    roomBehind -= room
    nth += 1
    const first = next
    const until = share.from + share.each * nth
    let done = sumOf(along.slice(0, next))
    const must = along.length - roomBehind
    for (let task = along[next]; task; task = along[next]) {
      const isMiddleWithin = done + task.subscribers / 2 <= until
      if (next - first >= room || !(isMiddleWithin || next < must)) break
      takes.set(task.taskId, staffId)
      done += task.subscribers
      next += 1
    }
    // Whoever is full, or had to take more, leaves the others another share.
    if (next - first >= room || next === must) {
      share = sharing(along, next, crew.length - place - 1)
      nth = 0
    }
  }
  return takes
}

/** What each of so many gets of the tasks from a place on. */
const sharing = (along: readonly Weighted[], from: number, people: number) => ({
  from: sumOf(along.slice(0, from)),
  each: sumOf(along.slice(from)) / Math.max(1, people),
})

const sumOf = (tasks: readonly Weighted[]) =>
  tasks.reduce((sum, { subscribers }) => sum + subscribers, 0)
