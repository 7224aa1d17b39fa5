import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Outlet, useMatches } from '@tanstack/react-router'
import { Input } from 'antd'
import { type ReactNode, useMemo } from 'react'
import type { Sentence } from '#contract/language.ts'
import { useSay } from '../language.ts'
import { StandingContext } from '../place.ts'
import { askMe, askTree } from '../standing.ts'
import { AppShell, type Entry } from '../ui/AppShell.tsx'
import css from './frame.module.css'
import { PlacePath } from './PlacePath.tsx'
import { PersonMenu } from './session/PersonMenu.tsx'

const WORDS = {
  skip: { zh: '跳到正文', en: 'Skip to content' },
  navigation: { zh: '主导航', en: 'Main navigation' },
  product: { zh: '守网', en: 'Gridkeeper' },
  search: { zh: '搜索用户', en: 'Search subscribers' },
  searchHint: { zh: '编号、尾号、地址、姓名首字母', en: 'Id, number tail, address, initials' },
} as const

type Way = { to: string; name: Sentence }
type Place = { key: string; name: Sentence; ways: readonly Way[]; reason?: Sentence }

/** The loop: know, decide, do, pay, review. What has no module yet says which one brings it. */
const PLACES: readonly Place[] = [
  {
    key: '/',
    name: { zh: '今日', en: 'Today' },
    ways: [{ to: '/', name: { zh: '今日', en: 'Today' } }],
  },
  {
    key: '/base',
    name: { zh: '用户', en: 'Base' },
    ways: [
      { to: '/base', name: { zh: '用户列表', en: 'Subscribers' } },
      { to: '/base/expiry', name: { zh: '到期日历', en: 'Expiry calendar' } },
      { to: '/base/lapsed', name: { zh: '失效登记', en: 'Lapsed register' } },
      { to: '/base/sweeps', name: { zh: '扫楼扫村', en: 'Sweeps' } },
      { to: '/base/imports', name: { zh: '数据导入', en: 'Imports' } },
    ],
  },
  {
    key: '/plan',
    name: { zh: '计划', en: 'Plan' },
    ways: [
      { to: '/plan', name: { zh: '计划总览', en: 'Overview' } },
      { to: '/plan/decisions', name: { zh: '决策明细', en: 'Decisions' } },
      { to: '/plan/campaigns', name: { zh: '活动', en: 'Campaigns' } },
    ],
  },
  {
    key: '/work',
    name: { zh: '执行', en: 'Work' },
    ways: [
      { to: '/work', name: { zh: '清单', en: 'Lists' } },
      { to: '/work/board', name: { zh: '实时看板', en: 'Live board' } },
      { to: '/work/close', name: { zh: '日清日结', en: 'Day’s close' } },
      { to: '/work/bulletin', name: { zh: '战报', en: 'Bulletin' } },
      { to: '/work/visits', name: { zh: '走访核实', en: 'Visits to look at' } },
      { to: '/work/tasks', name: { zh: '任务', en: 'Tasks' } },
      { to: '/work/events', name: { zh: '现场活动', en: 'Events' } },
      { to: '/work/exports', name: { zh: '导出审批', en: 'Exports' } },
    ],
  },
  {
    key: '/pay',
    name: { zh: '激励', en: 'Pay' },
    ways: [],
    reason: { zh: '随激励模块提供。', en: 'Arrives with the incentives module.' },
  },
  {
    key: '/review',
    name: { zh: '复盘', en: 'Review' },
    ways: [],
    reason: { zh: '随目标模块提供。', en: 'Arrives with the targets module.' },
  },
  {
    key: '/settings',
    name: { zh: '设置', en: 'Settings' },
    ways: [
      { to: '/settings/organisation', name: { zh: '组织与人员', en: 'Organisation' } },
      { to: '/settings/zones', name: { zh: '片区调整', en: 'Re-zoning' } },
      { to: '/settings/calendar', name: { zh: '日历与农时', en: 'Calendar' } },
      { to: '/settings/rules', name: { zh: '规则', en: 'Rules' } },
      { to: '/settings/profiles', name: { zh: '列映射方案', en: 'Profiles' } },
      { to: '/settings/permissions', name: { zh: '权限', en: 'Permissions' } },
      { to: '/settings/alarms', name: { zh: '个人信息提醒', en: 'Alarms' } },
      { to: '/settings/corrections', name: { zh: '个人信息更正', en: 'Corrections' } },
      { to: '/settings/erasures', name: { zh: '个人信息删除', en: 'Erasures' } },
      { to: '/settings/tokens', name: { zh: '服务令牌', en: 'Service tokens' } },
      { to: '/settings/webhooks', name: { zh: '事件推送', en: 'Webhooks' } },
      { to: '/settings/jobs', name: { zh: '后台任务', en: 'Jobs' } },
      { to: '/settings/audit', name: { zh: '审计日志', en: 'Audit trail' } },
    ],
  },
]

const frame = getRouteApi('/console')

/** The frame of the console: the loop on the left, place and person on top, the page inside. */
export function Frame(): ReactNode {
  const say = useSay()
  const loaded = frame.useLoaderData()
  const me = useQuery(askMe).data ?? loaded.me
  const units = useQuery(askTree).data?.units ?? loaded.units
  const standing = useMemo(() => ({ me, units }), [me, units])
  const here = useMatches().at(-1)?.pathname ?? '/'
  return (
    <StandingContext value={standing}>
      <AppShell
        words={{ skip: say(WORDS.skip), navigation: say(WORDS.navigation) }}
        brand={
          <>
            <img src={new URL('../mark.svg', import.meta.url).href} alt="" width={24} height={24} />
            {say(WORDS.product)}
          </>
        }
        entries={PLACES.map((place) => entryOf(place, here, say))}
        top={<Top />}
      >
        <Outlet />
      </AppShell>
    </StandingContext>
  )
}

function entryOf(place: Place, here: string, say: ReturnType<typeof useSay>): Entry {
  const [first] = place.ways
  const current = place.key === '/' ? here === '/' : here.startsWith(place.key)
  const nearest = place.ways.findLast(({ to }) => here.startsWith(to))
  return {
    key: place.key,
    name: say(place.name),
    current,
    link: first && <Link to={first.to}>{say(place.name)}</Link>,
    ...(place.reason ? { reason: say(place.reason) } : {}),
    children: place.ways.map((way) => ({
      key: way.to,
      link: (
        <Link
          to={way.to}
          aria-current={way === nearest ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {say(way.name)}
        </Link>
      ),
    })),
  }
}

function Top(): ReactNode {
  const say = useSay()
  const go = frame.useNavigate()
  return (
    <>
      <PlacePath />
      <Input.Search
        className={css.search ?? ''}
        aria-label={say(WORDS.search)}
        placeholder={say(WORDS.searchHint)}
        allowClear
        onSearch={(search) =>
          void go({ to: '/base', search: { search: search.trim() || undefined } })
        }
      />
      <PersonMenu />
    </>
  )
}
