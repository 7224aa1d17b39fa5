import { openAsBlob } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '#platform/audit/verify.ts'
import { generateCounty } from '../../sample/index.ts'
import { addDays } from '../journeys/closed-doors.ts'
import { type Desk, FULL, openDesk } from '../journeys/command-line.ts'
import { openAt, signIn, startServer } from '../journeys/served.ts'
import { CAN_MAKE_DISKS, mountDisk } from './full-disk.ts'
import { BRANCH, DAY, openSmallCounty } from './small-county.ts'

const MB = 1024 * 1024
const DISK_MB = 900
const FLOOR_MB = 96
const TIMES = FULL ? 20 : 2
const FULL_DISK = { status: 507, code: 'disk-full' }

if (!CAN_MAKE_DISKS) process.stdout.write('disk-full: skipped, only root can make a small disk\n')

test.runIf(CAN_MAKE_DISKS)(
  'a full disk: what writes is refused, what reads goes on, nothing is stored half, and room is enough to go on',
  { timeout: 1_800_000 },
  async () => {
    await using opened = await openDesk()
    const desk = { ...opened, env: { ...opened.env, GRIDKEEPER_DISK_FLOOR_MB: `${FLOOR_MB}` } }
    await using disk = await mountDisk(desk, DISK_MB)
    const { account, subscribers } = await openSmallCounty(desk)
    const [date, out] = [addDays(DAY, 1), join(desk.folder, 'next')]
    await generateCounty({ branchId: BRANCH, households: 12_000, seed: 7, date, out })
    const order = [
      ...['import', 'next/subscribers.csv', '--kind', 'subscribers'],
      ...['--branch', BRANCH, '--date', date, '--force', 'a larger county'],
    ]
    const extract = join(out, 'subscribers.csv')
    await using server = await startServer(desk)
    const call = await signIn(server, account)
    const refused = async (method: string, path: string, body?: object) => {
      const { status, body: said } = await call(method, `/branches/${BRANCH}${path}`, body)
      return { status, code: said.code }
    }
    const save = (name: string) => {
      const yaml = `name: ${name}\nkind: subscribers\ncolumns: []\n`
      return call('PUT', `/branches/${BRANCH}/profiles/${name}`, { yaml })
    }
    const upload = async () => {
      const form = new FormData()
      form.set('file', await openAsBlob(extract), 'subscribers.csv')
      return form
    }

    for (let nth = 1; nth <= TIMES; nth++) {
      const before = await filesOf(desk)
      // Below the floor: nothing that writes begins.
      await disk.leave((FLOOR_MB - 8) * MB)
      await untilRefused(() => refused('PUT', `/profiles/full-${nth}`, profile(`full-${nth}`)))
      expect(await refused('POST', '/plans', { date: addDays(DAY, 10) })).toEqual(FULL_DISK)
      expect(await refused('POST', '/uploads', await upload())).toEqual(FULL_DISK)
      const ordered = await desk.run(...order)
      expect({ code: ordered.code, refused: ordered.json.refused }).toEqual({
        code: 1,
        refused: 'disk-full',
      })
      // What reads goes on, and people sign in.
      const portrait = `/branches/${BRANCH}/subscribers/${subscribers[nth]}`
      expect((await call('GET', portrait)).status).toBe(200)
      await signIn(server, account)
      // Above it, but not for long: what comes in is stopped on its way.
      await disk.leave((FLOOR_MB + 2) * MB)
      await untilTaken(() => save(`room-${nth}`))
      expect(await refused('POST', '/uploads', await upload())).toEqual(FULL_DISK)
      await disk.leave((FLOOR_MB + 4) * MB)
      await untilTaken(() => save(`more-${nth}`))
      const cut = await desk.run(...order)
      expect({ code: cut.code, refused: cut.json.refused }).toEqual({
        code: 1,
        refused: 'disk-full',
      })
      expect(await filesOf(desk)).toEqual(before)
      // Not a byte left: somebody else took it.
      await disk.leave(0)
      for (let tries = 0; tries < 20; tries++)
        expect([200, 503, 507]).toContain((await call('GET', portrait)).status)
      // Room again: it goes on by itself.
      await disk.leave(DISK_MB * MB)
      await untilTaken(() => save(`full-${nth}`))
    }
    const taken = await desk.run(...order)
    expect(taken).toMatchObject({ code: 0, json: { changed: true } })
    await server[Symbol.asyncDispose]()
    await using house = await openAt(desk)
    expect((await verifyAudit(house.works, null)).faults).toEqual([])
    const { rows } = await house.ledger.owner.query<{ name: string; version: number }>(
      `select name, max(version)::integer as version from subscribers.profile group by 1`,
    )
    expect(rows).toHaveLength(3 * TIMES)
    expect(rows.filter(({ version }) => version !== 1)).toEqual([])
  },
)

const profile = (name: string) => ({ yaml: `name: ${name}\nkind: subscribers\ncolumns: []\n` })

/** The files that may not become more by what is refused: uploads, scratch, snapshots, reports. */
async function filesOf({ folder }: Desk): Promise<string[]> {
  const rooms = ['uploads', 'tmp', 'lake', 'reports'].map(async (room) => {
    const entries = await readdir(join(folder, 'data', room), {
      recursive: true,
      withFileTypes: true,
    })
    return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  })
  return (await Promise.all(rooms)).flat().sort()
}

/** The disk is looked at now and then, so the first may still be taken. */
async function untilRefused(ask: () => Promise<{ status: number; code: unknown }>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask()
    if (answer.status === 507) return expect(answer).toEqual(FULL_DISK)
  }
  throw new Error('it is taken for ever')
}

async function untilTaken(ask: () => Promise<{ status: number }>): Promise<void> {
  const until = performance.now() + 30_000
  while (performance.now() < until) {
    const { status } = await ask()
    if (status === 200) return
    expect([503, 507]).toContain(status)
  }
  throw new Error('it is refused for ever')
}
