import { expect, test } from 'vitest'
import { openSimulator } from './simulator.ts'

test('the simulator connects everybody, and remembers the latest calls alone', async () => {
  const simulator = openSimulator()
  const of = { branchId: '370686', from: '8012', to: '13800000000', at: new Date(0) }
  for (let nth = 0; nth < 101; nth++) await simulator.connect({ ...of, callId: `call ${nth}` })
  expect(simulator.connected).toHaveLength(100)
  expect(simulator.connected.at(-1)).toEqual({ ...of, callId: 'call 100' })
})
