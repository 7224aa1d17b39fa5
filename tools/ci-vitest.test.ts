import { expect, test } from 'vitest'
import { countReport } from './ci-vitest.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'order.test.ts',
  status,
  assertionResults: tests.map((status) => ({ status, fullName: 'an order is placed once' })),
})
const report = (counts: object, ...testResults: object[]) =>
  JSON.stringify({
    ...{ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
    ...counts,
    testResults,
  })

test.each([
  {
    text: report({ numPassedTests: 2 }, file('passed', 'passed', 'passed')),
    count: { passed: 2, failed: 0, skipped: 0 },
    because: 'tests are counted, not files',
  },
  {
    text: report({ numPassedTests: 1, numFailedTests: 1 }, file('failed', 'passed', 'failed')),
    count: { passed: 1, failed: 1, skipped: 0 },
    because: 'a file with a failed test is not counted beside it',
  },
  {
    text: report({ numPassedTests: 1 }, file('passed', 'passed'), file('failed')),
    count: { passed: 1, failed: 1, skipped: 0 },
    because: 'a file that cannot be loaded has failed, though none of its tests did',
  },
  {
    text: report({ numPendingTests: 1, numTodoTests: 1 }, file('passed', 'pending', 'todo')),
    count: { passed: 0, failed: 0, skipped: 2 },
    because: 'what was not run is neither passed nor failed',
  },
])('a report comes to $count.passed and $count.failed: $because', ({ text, count }) => {
  expect(countReport(text)).toEqual(count)
})

test('a report of another shape is a defect', () => {
  expect(() => countReport('{"numPassedTests":1}')).toThrow()
})
