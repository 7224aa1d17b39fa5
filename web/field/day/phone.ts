import { readDayPack, registerDevice } from '#contract/field.ts'
import type { Sentence } from '#contract/language.ts'
import { readMyDay } from '#contract/tasks.ts'
import { call, Problem } from '../../api.ts'
import { languageNow } from '../../language.ts'
import type { Outbox, Recorded } from '../outbox/outbox.ts'
import { type Server, send, waitAfter } from '../outbox/sending.ts'
import { type SignedPack, verified } from '../vault/pack.ts'
import type { Half, OpenVault, Vaults } from '../vault/vault.ts'
import { isAsTold } from './day-of.ts'
import {
  type Entry,
  type EventEntry,
  isRead,
  type Me,
  NOTHING,
  NOTICES,
  type PhoneState,
} from './phone-state.ts'

/** What a phone does with its vault and its outbox. `tell` hears each change of the state. */
export type Phone = Readonly<{
  state(): PhoneState
  /** The time by the server’s clock as far as the phone knows it, in milliseconds. */
  now(): number
  /** Looks at what the phone keeps; first of all. */
  look(): Promise<void>
  /** Takes the list along for the first time today, under a PIN. Throws a `Problem`. */
  setUp(me: Me, pin: string): Promise<void>
  unlock(pin: string): Promise<'open' | 'shut' | { left: number }>
  /** The person is signed in; what somebody else left behind is wiped. */
  signedIn(me: Me): Promise<void>
  /** The server no longer knows the session. */
  signedOut(): Promise<void>
  /** Forgets the list; what was not sent stays. */
  leave(notice?: Sentence): Promise<void>
  /** Keeps a result, and lets the list show it. Once this is fulfilled it survives everything. */
  record(result: Recorded, entry: Entry): Promise<void>
  /** The same of what is told of an on-site event. */
  tellEvent(told: Recorded, entry: EventEntry): Promise<void>
  /** Sends what waits and takes the list anew. Unless `now`, only as often as failures allow. */
  sync(of: { now: boolean }): Promise<void>
  /** Asks the server how the day stands, and for the list where that says otherwise. */
  readDay(): Promise<void>
  /** What was kept under the name in the vault; undefined while it is shut. */
  read(name: string): Promise<unknown>
  keep(name: string, value: unknown): Promise<void>
  forget(name: string): Promise<void>
}>

export type PhoneParts = Readonly<{
  vaults: Vaults
  outbox: Outbox
  server: Server
  clock: () => number
  online: () => boolean
  /** What the owner reads in the list of their phones. */
  deviceName: string
  tell: () => void
  /** The server says that nobody is signed in. */
  onSignedOut: () => void
}>

const TOLD_OF_EVENTS = 'told-of-events'
/** What is known of a vault that is not open. */
const SHUT = { me: null, pack: null, journal: [], toldOfEvents: [], day: null } as const

/** How old the list may be before it is taken anew while there is a network. */
const LIST_FOR_MS = 10 * 60_000

export function phoneOf(parts: PhoneParts): Phone {
  const { vaults, outbox, server, clock, online, tell } = parts
  let state: PhoneState = NOTHING
  let vault: OpenVault | undefined
  let failures = 0
  let notBefore = 0
  let takenAt = 0
  let running: Promise<void> | undefined
  let wanted: 'now' | 'again' | undefined
  let signedInAs: Me | undefined

  function set(part: Partial<PhoneState>): void {
    state = { ...state, ...part }
    tell()
  }

  async function showOutbox(): Promise<void> {
    const [items, photos] = await Promise.all([outbox.items(), outbox.photos()])
    set({
      items,
      photosWaiting: photos.filter(({ told }) => told === null).length,
      photosTold: photos.flatMap(({ told }) => (told ? [told] : [])),
    })
  }

  async function leave(notice: Sentence | null = null): Promise<void> {
    await vaults.wipe()
    vault = undefined
    set({ ...SHUT, standing: 'none', staffId: null, notice })
  }

  let looked: Promise<void> | undefined

  async function look(): Promise<void> {
    if (!globalThis.isSecureContext || !globalThis.indexedDB) return set({ standing: 'unable' })
    await showOutbox()
    const owner = await vaults.whose()
    if (!owner) return set({ standing: 'none' })
    set({ standing: owner.held ? 'held' : 'shut', staffId: owner.staffId })
  }

  /** Registers the phone and asks for the list of today. */
  async function take(me: Me) {
    const branchId = me.branchId ?? me.branches[0]?.unitId ?? ''
    const deviceId = await outbox.deviceId()
    const params = { branchId }
    const device = await call(registerDevice, {
      params,
      body: { deviceId, name: parts.deviceName },
    })
    await outbox.sealTo(device.sealingKey)
    const { pack, signature } = await call(readDayPack, { params, body: { deviceId } })
    const signed: SignedPack = { pack, signature, spki: device.signingKey.spki }
    const said = await verified(signed, deviceId)
    const skewMs = Date.parse(device.serverTime) - clock()
    const ends = isRead(said)
      ? Math.min(Date.parse(device.expiresAt), Date.parse(said.expiresAt))
      : 0
    const half: Half = { half: device.half, expiresAt: ends, skewMs }
    return { half, signed, said, wipe: device.wipe }
  }

  async function show(
    open: OpenVault,
    said: NonNullable<PhoneState['pack']>,
    me: Me,
  ): Promise<void> {
    // What is recorded while the list is taken anew is not read over.
    const isSame = vault === open
    const journal = isSame ? state.journal : await rowsIn<Entry>(open, 'journal')
    const toldOfEvents = isSame
      ? state.toldOfEvents
      : await rowsIn<EventEntry>(open, TOLD_OF_EVENTS)
    vault = open
    set({
      standing: 'open',
      staffId: open.staffId,
      me,
      pack: said,
      syncedAt: state.syncedAt ?? (isRead(said) ? said.issuedAt : null),
      journal,
      toldOfEvents,
      notice: isRead(said) ? null : NOTICES[said],
    })
  }

  async function setUp(me: Me, pin: string): Promise<void> {
    const { half, signed, said } = await take(me)
    if (!isRead(said)) throw new Problem(0, `pack-${said}`, NOTICES[said][languageNow()])
    const open = await vaults.make({ staffId: me.staffId, pin, ...half })
    await open.keep('pack', signed)
    await open.keep('me', me)
    await show(open, said, me)
    heard()
    await navigator.storage?.persist?.() // asked for; what the browser says changes nothing
  }

  function heard(): void {
    failures = 0
    notBefore = 0
    takenAt = clock()
    set({ syncedAt: new Date(clock()).toISOString() })
  }

  async function unlock(pin: string) {
    const opening = await vaults.open(pin)
    if (opening.outcome === 'wrong') return { left: opening.left }
    if (opening.outcome !== 'open') {
      if (opening.outcome === 'wiped') await leave(NOTICES.wiped)
      else if (opening.outcome === 'expired') await leave(NOTICES.expired)
      else await look()
      return 'shut' as const
    }
    const [signed, me] = [await opening.vault.read('pack'), await opening.vault.read('me')]
    const known = typeof me === 'object' ? (me.value as Me) : signedInAs
    if (!known) {
      await leave(NOTICES.altered)
      return 'shut' as const
    }
    const said =
      typeof signed === 'object'
        ? await verified(signed.value as SignedPack, await outbox.deviceId())
        : 'altered'
    await show(opening.vault, said, signedInAs ?? known)
    return 'open' as const
  }

  /** Under the PIN of the open vault; gone where the server says so. */
  async function takeAnew(open: OpenVault, me: Me): Promise<void> {
    const { half, signed, said, wipe } = await take(me)
    if (wipe) return leave(NOTICES.remote)
    if (!isRead(said)) return set({ pack: said, notice: NOTICES[said] })
    await open.renew(half)
    await open.keep('pack', signed)
    await open.keep('me', me)
    await show(open, said, me)
    heard()
  }

  async function sync({ now }: Readonly<{ now: boolean }>): Promise<void> {
    await looked
    if (state.standing === 'unable') return
    wanted = now || wanted === 'now' ? 'now' : 'again'
    running ??= runWanted().finally(() => {
      running = undefined
    })
    await running
  }

  /** What is asked for while it runs is done after it. */
  async function runWanted(): Promise<void> {
    while (wanted) {
      const now = wanted === 'now'
      wanted = undefined
      await alone(() => run(now))
    }
  }

  async function run(now: boolean): Promise<void> {
    const me = signedInAs
    if (!me || !online()) return expire()
    if (!now && clock() < notBefore) return expire()
    set({ busy: true })
    try {
      const hasSent = state.items.some(({ state: each }) => each === 'waiting')
      const sending = await send(outbox, server, { staffId: me.staffId, clock })
      await showOutbox()
      if (sending.wipe) await leave(NOTICES.remote)
      if (sending.outcome === 'done') await sent(me, { now, hasSent })
      else failed(sending.problem)
      if (sending.outcome === 'signed-out') parts.onSignedOut()
      await outbox.tidy(new Date(clock() - 3 * 86_400_000).toISOString())
    } finally {
      set({ busy: false })
      await expire()
    }
  }

  async function sent(me: Me, { now, hasSent }: Readonly<{ now: boolean; hasSent: boolean }>) {
    const isOld = clock() - takenAt >= LIST_FOR_MS
    const isEnding = vault !== undefined && vault.now() >= vault.endsAt()
    try {
      if (vault && (now || isOld || isEnding)) await takeAnew(vault, me)
      if (vault && (hasSent || now || isOld)) await askDay(me)
      failures = 0
      notBefore = 0
      set({ syncedAt: new Date(clock()).toISOString() })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'device-wiped') await leave(NOTICES.remote)
      else failed(error)
    }
  }

  async function askDay({ branchId, branches, staffId }: Me): Promise<void> {
    const params = { branchId: branchId ?? branches[0]?.unitId ?? '', staffId }
    const at = new Date(clock()).toISOString()
    set({ day: { said: await call(readMyDay, { params }), at } })
  }

  /** The list is taken anew once where the day says otherwise: something happened elsewhere. */
  async function readDay(): Promise<void> {
    const me = signedInAs
    if (!me || !vault || !online()) return
    try {
      await askDay(me)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return // what the phone knows stands, and says as of when
    }
    const { pack } = state
    if (isRead(pack) && !isAsTold(pack, state)) await sync({ now: true })
  }

  function failed(problem: Problem | null): void {
    failures += 1
    notBefore = clock() + waitAfter(failures)
    if (problem && problem.code !== 'unreachable' && problem.status !== 401)
      set({ notice: { zh: problem.message, en: problem.message } })
  }

  async function expire(): Promise<void> {
    if (vault && vault.now() >= vault.endsAt()) await leave(NOTICES.expired)
  }

  return {
    state: () => state,
    now: () => vault?.now() ?? clock(),
    look: () => {
      looked = look()
      return looked
    },
    setUp,
    unlock,
    leave: (notice) => leave(notice ?? null),
    async signedIn(me) {
      signedInAs = me
      await looked
      if (state.standing === 'unable') return
      const owner = await vaults.whose()
      if (owner && owner.staffId !== me.staffId) await leave(NOTICES.foreign)
      else if (owner?.held) {
        await vaults.hold(false)
        await look()
      }
    },
    async signedOut() {
      signedInAs = undefined
      await looked
      if (state.standing === 'unable') return
      const owner = await vaults.whose()
      vault = undefined
      if (!owner) return
      await vaults.hold(true)
      set({ ...SHUT, standing: 'held' })
    },
    async record(result, entry) {
      await outbox.add(result)
      const journal = [...state.journal, entry]
      set({ journal })
      await vault?.keep('journal', journal)
      await showOutbox()
    },
    async tellEvent(told, entry) {
      await outbox.add(told)
      const toldOfEvents = [...state.toldOfEvents, entry]
      set({ toldOfEvents })
      await vault?.keep(TOLD_OF_EVENTS, toldOfEvents)
      await showOutbox()
    },
    sync,
    readDay,
    async read(name) {
      const found = await vault?.read(name)
      return typeof found === 'object' ? found.value : undefined
    },
    keep: async (name, value) => vault?.keep(name, value),
    forget: async (name) => vault?.forget(name),
  }
}

/** One page at a time sends, of those that are open on this phone. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  await navigator.locks.request('gridkeeper-outbox', work)
}

async function rowsIn<Row>(vault: OpenVault, name: string): Promise<readonly Row[]> {
  const kept = await vault.read(name)
  return typeof kept === 'object' ? (kept.value as Row[]) : []
}
