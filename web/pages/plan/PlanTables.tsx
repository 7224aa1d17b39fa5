import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { readPlan } from '#contract/plans.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { TOUCHPOINTS, UNIT_KINDS } from '../../words.ts'
import css from './plan.module.css'

const WORDS = {
  byUnit: { zh: '按单位', en: 'By unit' },
  byUnitNote: { zh: '点单位名称逐级下钻', en: 'Open a unit to go down a level' },
  noUnit: { zh: '没有下级单位', en: 'There is no unit below' },
  noUnitStep: { zh: '在页面上方选择上一级单位。', en: 'Choose the unit above on top of the page.' },
  byCampaign: { zh: '按活动', en: 'By campaign' },
  capacity: { zh: '能力使用', en: 'Use of capacity' },
  capacityNote: {
    zh: '当天上班人员每日可办任务数',
    en: 'Tasks a day of the people who work on it',
  },
  imbalances: { zh: '负荷不均', en: 'Unequal loads' },
  imbalancesNote: {
    zh: '因网格归属与同岗平均相差一成以上',
    en: 'More than a tenth off the mean of peers because ownership forces it',
  },
  own: { zh: '{name}（本级）', en: '{name} itself' },
  unit: { zh: '单位', en: 'Unit' },
  kind: { zh: '层级', en: 'Level' },
  campaign: { zh: '活动', en: 'Campaign' },
  touchpoint: { zh: '触点', en: 'Touchpoint' },
  candidates: { zh: '候选', en: 'Candidates' },
  suppressed: { zh: '不宜接触', en: 'Suppressed' },
  heldOut: { zh: '对照组', en: 'Held out' },
  outranked: { zh: '让位', en: 'Outranked' },
  assigned: { zh: '已派', en: 'Assigned' },
  unassigned: { zh: '未派', en: 'Unassigned' },
  people: { zh: '人数', en: 'People' },
  perPerson: { zh: '人均', en: 'Per person' },
  total: { zh: '能力', en: 'Capacity' },
  used: { zh: '已用', en: 'Used' },
  share: { zh: '使用率', en: 'Use' },
  person: { zh: '人员', en: 'Person' },
  load: { zh: '负荷', en: 'Load' },
  mean: { zh: '同岗平均', en: 'Mean of peers' },
  why: { zh: '原因', en: 'Why' },
} as const

type Plan = Answer<typeof readPlan>

export function ByUnit({ rows }: { rows: Plan['byUnit'] }): ReactNode {
  const say = useSay()
  const own = usePlace().path.at(-1)?.unitId
  return (
    <Part title={say(WORDS.byUnit)} note={say(WORDS.byUnitNote)}>
      <DataTable
        name={say(WORDS.byUnit)}
        dense
        rows={rows}
        keyOf={({ unitId }) => unitId}
        empty={<EmptyState title={say(WORDS.noUnit)} step={say(WORDS.noUnitStep)} />}
        columns={[
          {
            id: 'unit',
            title: say(WORDS.unit),
            render: ({ unitId, name }) =>
              unitId === own ? (
                say(WORDS.own, { name })
              ) : (
                <Link to="." search={(before) => ({ ...before, unit: unitId })}>
                  {name}
                </Link>
              ),
          },
          { id: 'kind', title: say(WORDS.kind), render: ({ kind }) => say(UNIT_KINDS[kind]) },
          ...counts<Plan['byUnit'][number]>(say, [
            'candidates',
            'assigned',
            'unassigned',
            'people',
          ]),
          {
            id: 'perPerson',
            title: say(WORDS.perPerson),
            numeric: true,
            render: ({ assigned, people }) => (people ? (assigned / people).toFixed(1) : '–'),
          },
        ]}
      />
    </Part>
  )
}

export function ByCampaign(of: { planId: string; rows: Plan['byCampaign'] }): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.byCampaign)}>
      <DataTable
        name={say(WORDS.byCampaign)}
        dense
        rows={of.rows}
        keyOf={({ campaign }) => campaign}
        empty={null}
        columns={[
          {
            id: 'campaign',
            title: say(WORDS.campaign),
            render: ({ campaign, name, warnings }) => (
              <>
                <Link to="/plan/decisions" search={{ plan: of.planId, campaign }}>
                  {say(name)}
                </Link>
                {warnings.map(({ code, text }) => (
                  <div key={code} className={css.warning}>
                    {say(text)}
                  </div>
                ))}
              </>
            ),
          },
          ...counts<Plan['byCampaign'][number]>(say, [
            'candidates',
            'suppressed',
            'heldOut',
            'outranked',
            'unassigned',
            'assigned',
          ]),
        ]}
      />
    </Part>
  )
}

export function Capacity({ rows }: { rows: Plan['capacity'] }): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.capacity)} note={say(WORDS.capacityNote)}>
      <DataTable
        name={say(WORDS.capacity)}
        dense
        rows={rows}
        keyOf={({ touchpoint }) => touchpoint}
        empty={null}
        columns={[
          {
            id: 'touchpoint',
            title: say(WORDS.touchpoint),
            render: ({ touchpoint }) => say(TOUCHPOINTS[touchpoint]),
          },
          ...counts<Plan['capacity'][number]>(say, ['people', 'used']),
          {
            id: 'total',
            title: say(WORDS.total),
            numeric: true,
            render: ({ capacity }) => countText(capacity),
          },
          {
            id: 'share',
            title: say(WORDS.share),
            numeric: true,
            render: ({ used, capacity }) => (
              <>
                <span className={css.gauge} aria-hidden="true">
                  <i style={{ width: `${Math.min(100, (shareOf(used, capacity) ?? 0) * 100)}%` }} />
                </span>{' '}
                {shareText(shareOf(used, capacity))}
              </>
            ),
          },
        ]}
      />
    </Part>
  )
}

export function Imbalances(of: { rows: Plan['imbalances']; date: string }): ReactNode {
  const say = useSay()
  if (of.rows.length === 0) return null
  return (
    <Part title={say(WORDS.imbalances)} note={say(WORDS.imbalancesNote)}>
      <DataTable
        name={say(WORDS.imbalances)}
        dense
        rows={of.rows}
        keyOf={({ staffId, touchpoint }) => `${staffId} ${touchpoint}`}
        empty={null}
        columns={[
          {
            id: 'person',
            title: say(WORDS.person),
            render: ({ staffId, name }) => (
              <Link to="/work/people/$staffId" params={{ staffId }} search={{ date: of.date }}>
                {name}
              </Link>
            ),
          },
          {
            id: 'touchpoint',
            title: say(WORDS.touchpoint),
            render: ({ touchpoint }) => say(TOUCHPOINTS[touchpoint]),
          },
          {
            id: 'load',
            title: say(WORDS.load),
            numeric: true,
            render: ({ load }) => countText(load),
          },
          {
            id: 'mean',
            title: say(WORDS.mean),
            numeric: true,
            render: ({ peersMean }) => peersMean.toFixed(1),
          },
          { id: 'why', title: say(WORDS.why), render: ({ text }) => say(text) },
        ]}
      />
    </Part>
  )
}

type Counted = keyof typeof WORDS

function counts<Row>(say: ReturnType<typeof useSay>, names: readonly (Counted & keyof Row)[]) {
  return names.map((name) => ({
    id: name,
    title: say(WORDS[name]),
    numeric: true,
    render: (row: Row) => countText(Number(row[name])),
  }))
}
