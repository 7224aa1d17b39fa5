import { Button, Input, InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { moved } from '../../forms/moved.ts'
import { NamedInput } from '../../forms/NamedInput.tsx'
import { useSay } from '../../language.ts'
import { Field, Fields } from '../../ui/Field.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { PartOf } from './Basics.tsx'
import { ConditionTree } from './ConditionTree.tsx'
import css from './campaigns.module.css'
import type { Catalogue, OptionGroup } from './catalogue.ts'
import { plant } from './condition-tree.ts'
import { type DraftOffer, withOffer } from './draft.ts'

const WORDS = {
  title: { zh: '优惠', en: 'Offers' },
  note: {
    zh: '从上到下，向用户推荐第一个适用的优惠。',
    en: 'From the top, the first offer that fits is proposed.',
  },
  add: { zh: '加优惠', en: 'Add offer' },
  most: { zh: '一个活动最多 20 个优惠。', en: 'A campaign has at most 20 offers.' },
  unnamed: { zh: '优惠 {place}', en: 'Offer {place}' },
  up: { zh: '上移', en: 'Up' },
  down: { zh: '下移', en: 'Down' },
  remove: { zh: '删除', en: 'Remove' },
  id: { zh: '优惠编号', en: 'Offer id' },
  name: { zh: '优惠名称', en: 'Offer name' },
  monthly: { zh: '月费', en: 'Monthly fee' },
  oneOff: { zh: '一次性费用', en: 'One-off fee' },
  none: { zh: '不收则留空', en: 'Empty: none' },
  yuan: { zh: '元', en: 'yuan' },
  terms: { zh: '资费说明', en: 'Terms' },
  termsHint: {
    zh: '写明资费标准、有效期、办理条件、到期后资费。',
    en: 'State tariff, validity, conditions, and the price after it ends.',
  },
  fits: { zh: '适用条件', en: 'Fits whom' },
  everybody: { zh: '适用于活动的全部对象。', en: 'Fits everybody the campaign means.' },
  narrow: { zh: '加适用条件', en: 'Fit some only' },
  widen: { zh: '取消适用条件', en: 'Fit everybody' },
} as const

type Of = PartOf & { catalogue: Catalogue; options: readonly OptionGroup[] }

/** What is proposed to the household, with its price and its terms. */
export function Offers(of: Of): ReactNode {
  const say = useSay()
  const { draft, change, wrong } = of
  const full = draft.offers.length >= 20
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      <Field wrong={wrong('offers')}>
        <div>
          {draft.offers.map((offer, place) => (
            <OneOffer key={offer.key} of={of} offer={offer} place={place} />
          ))}
        </div>
      </Field>
      <div className={css.add}>
        <Button
          disabled={full}
          {...(full ? { title: say(WORDS.most) } : {})}
          onClick={() => change({ offers: withOffer(draft).offers })}
        >
          {say(WORDS.add)}
        </Button>
      </div>
    </Part>
  )
}

function OneOffer({ of, offer, place }: { of: Of; offer: DraftOffer; place: number }): ReactNode {
  const say = useSay()
  const { draft, change, wrong } = of
  const at = `offers.${offer.key}`
  const put = (part: Partial<DraftOffer>) =>
    change({
      offers: draft.offers.map((one) => (one.key === offer.key ? { ...one, ...part } : one)),
    })
  const called = say(offer.name).trim() || say(WORDS.unnamed, { place: place + 1 })
  const does = (way: string) => `${way} · ${called}`
  return (
    <section className={css.offer} aria-label={called}>
      <header className={css.offerHead}>
        <strong>{`${place + 1}. ${called}`}</strong>
        <Button
          size="small"
          type="text"
          disabled={place === 0}
          aria-label={does(say(WORDS.up))}
          onClick={() => change({ offers: moved(draft.offers, place, -1) })}
        >
          {say(WORDS.up)}
        </Button>
        <Button
          size="small"
          type="text"
          disabled={place === draft.offers.length - 1}
          aria-label={does(say(WORDS.down))}
          onClick={() => change({ offers: moved(draft.offers, place, 1) })}
        >
          {say(WORDS.down)}
        </Button>
        <Button
          size="small"
          type="text"
          aria-label={does(say(WORDS.remove))}
          onClick={() => change({ offers: draft.offers.filter(({ key }) => key !== offer.key) })}
        >
          {say(WORDS.remove)}
        </Button>
      </header>
      <Fields>
        <NamedInput
          name={say(WORDS.name)}
          value={offer.name}
          max={80}
          wrong={{ zh: wrong(`${at}.name.zh`), en: wrong(`${at}.name.en`) }}
          change={(name) => put({ name })}
        />
        <Field name={say(WORDS.id)} wrong={wrong(`${at}.id`)}>
          <Input
            aria-label={say(WORDS.id)}
            value={offer.id}
            maxLength={60}
            status={wrong(`${at}.id`) ? 'error' : ''}
            onChange={({ target }) => put({ id: target.value })}
          />
        </Field>
        <Price
          name={say(WORDS.monthly)}
          fen={offer.monthlyFeeFen}
          change={(monthlyFeeFen) => put({ monthlyFeeFen })}
        />
        <Price
          name={say(WORDS.oneOff)}
          fen={offer.oneOffFen}
          change={(oneOffFen) => put({ oneOffFen })}
        />
        <NamedInput
          name={say(WORDS.terms)}
          value={offer.terms}
          lines={2}
          max={1000}
          wide
          wrong={{ zh: wrong(`${at}.terms.zh`), en: wrong(`${at}.terms.en`) }}
          change={(terms) => put({ terms })}
        />
      </Fields>
      <p className={css.quiet}>{say(WORDS.termsHint)}</p>
      <div className={css.offerWho}>
        <Field name={say(WORDS.fits)} wrong={wrong(`${at}.who`)}>
          {offer.who ? (
            <ConditionTree
              name={say(WORDS.fits)}
              root={offer.who}
              catalogue={of.catalogue}
              options={of.options}
              change={(who) => put({ who })}
            />
          ) : (
            <span className={css.quiet}>{say(WORDS.everybody)}</span>
          )}
        </Field>
        <div>
          <Button
            size="small"
            onClick={() => put({ who: offer.who ? undefined : plant({ all: [] }) })}
          >
            {say(offer.who ? WORDS.widen : WORDS.narrow)}
          </Button>
        </div>
      </div>
    </section>
  )
}

/** An amount in yuan that is kept in fen; empty is none, which is not zero. */
function Price(of: {
  name: string
  fen: number | null
  change: (fen: number | null) => void
}): ReactNode {
  const say = useSay()
  return (
    <Field name={of.name} hint={say(WORDS.none)}>
      <InputNumber
        aria-label={of.name}
        value={of.fen === null ? null : of.fen / 100}
        min={0}
        precision={2}
        formatter={(text) =>
          text === undefined || String(text) === '' ? '' : String(Number(text))
        }
        suffix={say(WORDS.yuan)}
        style={{ width: '100%' }}
        onChange={(yuan) => of.change(yuan === null ? null : Math.round(yuan * 100))}
      />
    </Field>
  )
}
