import { afterAll, beforeAll, expect, test } from 'vitest'
import { hireCrowd, stepsOf } from './crowd.ts'
import { OPERATIONS } from './document.ts'
import { takeAll } from './walk.ts'
import { openWorld, type World } from './world.ts'

const TIME = { timeout: 300_000 }
let world: World
beforeAll(async () => {
  world = await openWorld()
}, TIME.timeout)
afterAll(() => world.close(), 120_000)

test('whoever commands what is theirs is answered with nothing that is not', TIME, async () => {
  const crowd = await hireCrowd(world)
  const inHall = crowd.filter(({ unitId }) => unitId === '370686-H01')
  const commands = OPERATIONS.filter(
    ({ isCommand, path }) => isCommand && !/\/session\b/.test(path),
  )
  const steps = stepsOf(world, inHall, commands, () => [0, 1]).filter(({ aim }) => aim === 'own')
  const walked = await takeAll(world, world.fastify, steps)
  const findings = walked.flatMap((each) => each.findings)
  console.log(`own commands ${walked.length}, foreign canaries found ${findings.length}`)
  expect(findings.slice(0, 10)).toEqual([])
  expect(walked.filter(({ status }) => status === 200).length, 'some are done').toBeGreaterThan(5)
  expect(world.nested).toEqual([])
})
