import { type FormEvent, type ReactNode, useState } from 'react'
import type { Sentence } from '#contract/language.ts'
import { Problem } from '../../api.ts'
import { useSay } from '../../language.ts'
import css from '../field.module.css'
import { PIN_SHAPE } from '../vault/vault.ts'
import type { Me } from './phone-state.ts'
import { phone } from './store.ts'

const WORDS = {
  open: { zh: '打开离线清单', en: 'Open the list' },
  openWhy: { zh: '请输入这台手机的清单密码。', en: 'Give the PIN of the list on this phone.' },
  set: { zh: '带上今天的清单', en: 'Take today’s list along' },
  setWhy: {
    zh: '设一个 6 至 12 位数字的清单密码。清单在这台手机上加密保存，没有网络也能看、能登记；12 小时后自动清除，密码错 5 次也会清除。',
    en: 'Choose a PIN of 6 to 12 digits. The list is kept on this phone encrypted, to read and to record results without a network; it is gone after 12 hours, and after five wrong PINs.',
  },
  pin: { zh: '清单密码', en: 'PIN' },
  again: { zh: '再输一次', en: 'The same again' },
  enter: { zh: '打开', en: 'Open' },
  take: { zh: '取清单', en: 'Take the list' },
  taking: { zh: '正在取清单…', en: 'Taking the list…' },
  checking: { zh: '正在核对…', en: 'Checking…' },
  back: { zh: '以后再说', en: 'Not now' },
  forgot: { zh: '忘了密码：清除清单', en: 'Forgot the PIN: wipe the list' },
  forgotWhy: {
    zh: '没有发送的结果不会丢。清除后联网可以重新取清单。',
    en: 'Results not sent yet are not lost. The list can be taken again when there is a network.',
  },
  shape: { zh: '密码是 6 至 12 位数字。', en: 'A PIN has 6 to 12 digits.' },
  differ: { zh: '两次输入的不一样。', en: 'The two are not the same.' },
  plain: {
    zh: '不要用同一个数字或连续的数字。',
    en: 'Do not use one digit over and over, or digits in a row.',
  },
  wrong: {
    zh: '密码不对，还可以试 {left} 次；用完后清单会被清除。',
    en: 'The PIN is wrong; {left} more tries, then the list is wiped.',
  },
} as const

/** The PIN before the list is shown; the fifth wrong one wipes it. */
export function UnlockPage({ onForgotten }: { onForgotten: () => void }): ReactNode {
  const say = useSay()
  const [pin, setPin] = useState('')
  const [left, setLeft] = useState<number>()
  const [isChecking, setChecking] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isChecking) return
    setChecking(true)
    const opening = await phone.unlock(pin)
    setChecking(false)
    setPin('')
    if (typeof opening === 'object') setLeft(opening.left)
    else if (opening === 'open') void phone.sync({ now: true })
  }

  return (
    <main className={css.gate}>
      <div>
        <h1>{say(WORDS.open)}</h1>
        <p>{say(WORDS.openWhy)}</p>
        <form onSubmit={(event) => void submit(event)}>
          {left !== undefined && (
            <p className={css.problem} role="alert">
              {say(WORDS.wrong, { left })}
            </p>
          )}
          <PinField name={WORDS.pin} value={pin} onChange={setPin} isFirst />
          <button type="submit" className={css.primary} disabled={isChecking}>
            {say(isChecking ? WORDS.checking : WORDS.enter)}
          </button>
        </form>
        <p>{say(WORDS.forgotWhy)}</p>
        <button
          type="button"
          className={css.plain}
          onClick={() => void phone.leave().then(onForgotten)}
        >
          {say(WORDS.forgot)}
        </button>
      </div>
    </main>
  )
}

/** Chooses the PIN under which the list of today is taken along. */
export function SetPinPage({ me, onClose }: { me: Me; onClose: () => void }): ReactNode {
  const say = useSay()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [said, setSaid] = useState<string>()
  const [isTaking, setTaking] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const amiss = amissOf(pin, again)
    setSaid(amiss && say(amiss))
    if (amiss || isTaking) return
    setTaking(true)
    try {
      await phone.setUp(me, pin)
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setSaid(error.message)
    } finally {
      setTaking(false)
    }
  }

  return (
    <main className={css.gate}>
      <div>
        <h1>{say(WORDS.set)}</h1>
        <p>{say(WORDS.setWhy)}</p>
        <form onSubmit={(event) => void submit(event)}>
          {said && (
            <p className={css.problem} role="alert">
              {said}
            </p>
          )}
          <PinField name={WORDS.pin} value={pin} onChange={setPin} isFirst />
          <PinField name={WORDS.again} value={again} onChange={setAgain} />
          <button type="submit" className={css.primary} disabled={isTaking}>
            {say(isTaking ? WORDS.taking : WORDS.take)}
          </button>
        </form>
        <button type="button" className={css.plain} onClick={onClose}>
          {say(WORDS.back)}
        </button>
      </div>
    </main>
  )
}

/** What is wrong with a PIN that is being chosen. */
function amissOf(pin: string, again: string): Sentence | undefined {
  if (!PIN_SHAPE.test(pin)) return WORDS.shape
  if (isPlain(pin)) return WORDS.plain
  return pin === again ? undefined : WORDS.differ
}

function isPlain(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]))
  return [0, 1, -1].some((step) => steps.every((each) => each === step))
}

function PinField(of: {
  name: Sentence
  value: string
  onChange: (pin: string) => void
  isFirst?: boolean
}): ReactNode {
  const say = useSay()
  return (
    <label>
      {say(of.name)}
      <input
        required
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        // biome-ignore lint/a11y/noAutofocus: the first field of a page that is nothing but it
        autoFocus={of.isFirst}
        value={of.value}
        onChange={({ target }) => of.onChange(target.value.replaceAll(/\D/g, ''))}
      />
    </label>
  )
}
