import { expect, test } from 'vitest'
import { ConfigProblems, readConfig } from './config.ts'

const SECRET = `whsec_${'A'.repeat(43)}=`
const PLATFORM = {
  GRIDKEEPER_CALL_GATEWAY_URL: 'https://calls.example/connect',
  GRIDKEEPER_CALL_GATEWAY_SECRET: SECRET,
}

test('without a call platform there is none; the simulator is told by its name', () => {
  expect(readConfig({}).calls).toBeNull()
  const simulated = readConfig({ GRIDKEEPER_CALL_GATEWAY_URL: 'simulator' })
  expect(simulated.calls).toEqual({ kind: 'simulator' })
})

test('a platform that is told completely is taken, and its secret is never printed', () => {
  const { calls } = readConfig(PLATFORM)
  expect(calls).toMatchObject({ kind: 'http', url: 'https://calls.example/connect' })
  expect(calls?.kind === 'http' && calls.secret.reveal()).toBe(SECRET)
  expect(JSON.stringify(calls)).not.toContain('AAA')
})

test.each([
  { told: { ...PLATFORM, GRIDKEEPER_CALL_GATEWAY_SECRET: '' }, at: 'call_gateway_secret' },
  { told: { ...PLATFORM, GRIDKEEPER_CALL_GATEWAY_SECRET: 'letmein' }, at: 'call_gateway_secret' },
  { told: { GRIDKEEPER_CALL_GATEWAY_SECRET: SECRET }, at: 'call_gateway_url' },
  { told: { ...PLATFORM, GRIDKEEPER_CALL_GATEWAY_URL: 'ftp://calls' }, at: 'call_gateway_url' },
])('$told is told as wrong, at $at, without the secret', ({ told, at }) => {
  try {
    readConfig(told)
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error
    expect(error.problems.map((line) => line.split(':')[0])).toEqual([at])
    expect(error.message).not.toMatch(/letmein|AAA/)
  }
})
