import type { ReactNode } from 'react'
import { shortAddress } from '../format/address.ts'
import { useSay } from '../language.ts'
import css from './page.module.css'

const WORDS = {
  within: { zh: '地址略去“{lead}”', en: 'Addresses leave out “{lead}”' },
} as const

/** An address on a list, without the `lead` that the list says once; a pointer gets all of it. */
export function Address(of: { address: string | null; lead: string }): ReactNode {
  return <span title={of.address ?? undefined}>{shortAddress(of.address, of.lead)}</span>
}

/** What the addresses of a list leave out; nothing where they share nothing. */
export function AddressLead({ lead }: { lead: string }): ReactNode {
  const say = useSay()
  return lead === '' ? null : <span className={css.asOf}>{say(WORDS.within, { lead })}</span>
}
