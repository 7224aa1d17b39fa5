import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { type Device, listDevices, wipeDevice } from '#contract/field.ts'
import { useAnswer, useCommand } from '../ask.ts'
import { instantText } from '../format/day.ts'
import { useLanguage, useSay } from '../language.ts'
import { isRead } from './day/phone-state.ts'
import { phone, usePhone } from './day/store.ts'
import css from './field.module.css'

const WORDS = {
  title: { zh: '我的手机', en: 'My phones' },
  none: { zh: '还没有手机带过清单。', en: 'No phone has taken a list along yet.' },
  this: { zh: '这一台', en: 'this one' },
  seen: { zh: '最近使用 {at}', en: 'Last seen {at}' },
  wiped: { zh: '{at} 已清除清单', en: 'List wiped on {at}' },
  waits: {
    zh: '已要求清除，那台手机下次联网时执行。',
    en: 'It is to be wiped: done as soon as that phone has a network.',
  },
  wipe: { zh: '清除这台上的清单', en: 'Wipe its list' },
  sure: {
    zh: '清单会从“{name}”上清除；没有发送的结果会保留，照常发送。',
    en: 'The list goes from “{name}”; results that were not sent stay and are sent.',
  },
  yes: { zh: '确定清除', en: 'Wipe it' },
  no: { zh: '不清除', en: 'Leave it' },
} as const

type Known = z.output<typeof Device>

/** The phones that a person took lists along on, and the way to have one of them forget its list. */
export function Devices(params: { branchId: string; staffId: string }): ReactNode {
  const say = useSay()
  const devices = useAnswer(listDevices, { params })
  const [asked, setAsked] = useState<string>()
  const wipe = useCommand(wipeDevice, {
    renews: [listDevices],
    onDone: () => {
      setAsked(undefined)
      void phone.sync({ now: true }) // it may be this one
    },
  })
  const all = devices.data?.devices
  return (
    <section aria-label={say(WORDS.title)}>
      <h2 className={css.part}>{say(WORDS.title)}</h2>
      {devices.error && <p className={css.small}>{devices.error.message}</p>}
      {all?.length === 0 && <p className={css.small}>{say(WORDS.none)}</p>}
      <ul className={css.phones}>
        {all?.map((device) => (
          <li key={device.deviceId}>
            <One device={device} />
            {device.wipedAt === null && asked !== device.deviceId && (
              <button type="button" className={css.plain} onClick={() => setAsked(device.deviceId)}>
                {say(WORDS.wipe)}
              </button>
            )}
            {asked === device.deviceId && (
              <div className={css.sure}>
                <p>{say(WORDS.sure, { name: device.name })}</p>
                <button
                  type="button"
                  className={css.plain}
                  disabled={wipe.isPending}
                  onClick={() => wipe.mutate({ params: { ...params, deviceId: device.deviceId } })}
                >
                  {say(WORDS.yes)}
                </button>
                <button type="button" className={css.plain} onClick={() => setAsked(undefined)}>
                  {say(WORDS.no)}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {wipe.error && <p role="alert">{wipe.error.message}</p>}
    </section>
  )
}

function One({ device }: { device: Known }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { pack } = usePhone()
  const isThis = isRead(pack) && pack.deviceId === device.deviceId
  const { name, seenAt, wipedAt, wipeToldAt } = device
  const said =
    wipedAt === null
      ? say(WORDS.seen, { at: instantText(seenAt, language) })
      : wipeToldAt === null
        ? say(WORDS.waits)
        : say(WORDS.wiped, { at: instantText(wipedAt, language) })
  return (
    <p>
      <strong>{name}</strong> {isThis && <b className={css.good}>{say(WORDS.this)}</b>}
      <br />
      <span className={css.small}>{said}</span>
    </p>
  )
}
