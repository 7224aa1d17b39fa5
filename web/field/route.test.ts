import { expect, test } from 'vitest'
import { routeOf, wayToList } from './route.ts'

const CASES: readonly [path: string, search: string, route: object, because: string][] = [
  ['/field', '', { page: 'list' }, 'one’s own list'],
  ['/field/', '?date=2026-11-22', { page: 'list', date: '2026-11-22' }, 'of a day'],
  ['/field/people/S-01', '', { page: 'list', staffId: 'S-01' }, 'somebody else’s'],
  ['/field', '?date=tomorrow', { page: 'list' }, 'a day that is none is left out'],
  ['/field/me', '', { page: 'me' }, 'the person’s page'],
  ['/field/day', '', { page: 'day' }, 'what the day has come to'],
  ['/field/events', '', { page: 'events' }, 'one’s own events'],
  ['/field/visits', '', { page: 'visits' }, 'one’s own visits to look at'],
  ['/field/visits/S-01', '', { page: 'missing' }, 'nobody else’s'],
  ['/field/orders', '', { page: 'missing' }, 'a page that is not there yet'],
]
test.each(CASES)('%s%s is %o: %s', (path, search, route) => {
  expect(routeOf(path, search)).toMatchObject(route)
})

test('the way to a list leads back to it, whatever the id is made of', () => {
  const [path = '', search] = wayToList('甲/乙 1', '2026-11-22').split('?')
  expect(routeOf(path, `?${search}`)).toEqual({
    page: 'list',
    staffId: '甲/乙 1',
    date: '2026-11-22',
  })
})
