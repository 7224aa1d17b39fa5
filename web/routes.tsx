import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { Problem } from './api.ts'
import { Failure, NotFound } from './pages/Failure.tsx'
import { Frame } from './pages/Frame.tsx'
import { SignIn } from './pages/session/SignIn.tsx'
import { Today } from './pages/today/Today.tsx'
import * as paths from './paths.ts'
import { askMe, askTree } from './standing.ts'

type Context = { client: QueryClient }

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: paths.SignInSearch,
  component: SignIn,
})

const due = createRoute({
  getParentRoute: () => root,
  path: '/due',
  validateSearch: paths.SignInSearch,
  component: lazyRouteComponent(() => import('./pages/session/Due.tsx'), 'Due'),
})

/** Everything behind the sign-in; whoever is not signed in is sent there and comes back. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'console',
  validateSearch: paths.ConsoleSearch,
  search: { middlewares: [retainSearchParams(['unit'])] },
  loader: async ({ context: { client }, location }) => {
    const [me, tree] = await Promise.allSettled([
      client.ensureQueryData(askMe),
      client.ensureQueryData(askTree),
    ])
    if (me.status === 'rejected') {
      if (me.reason instanceof Problem && me.reason.status === 401)
        throw redirect({ to: '/sign-in', search: { next: location.href } })
      throw me.reason
    }
    if (me.value.due) throw redirect({ to: '/due', search: { next: location.href } })
    if (tree.status === 'rejected') throw tree.reason
    return { me: me.value, units: tree.value.units }
  },
  staleTime: 60_000,
  errorComponent: Failure,
  component: Frame,
})

const today = createRoute({ getParentRoute: () => frame, path: '/', component: Today })

const base = createRoute({
  getParentRoute: () => frame,
  path: '/base',
  validateSearch: paths.BaseSearch,
  component: lazyRouteComponent(() => import('./pages/base/Subscribers.tsx'), 'Subscribers'),
})
const expiry = createRoute({
  getParentRoute: () => frame,
  path: '/base/expiry',
  validateSearch: paths.ExpirySearch,
  component: lazyRouteComponent(() => import('./pages/base/Expiry.tsx'), 'Expiry'),
})
const lapsed = createRoute({
  getParentRoute: () => frame,
  path: '/base/lapsed',
  validateSearch: paths.LapsedSearch,
  component: lazyRouteComponent(() => import('./pages/lapsed/Lapsed.tsx'), 'Lapsed'),
})
const sweeps = createRoute({
  getParentRoute: () => frame,
  path: '/base/sweeps',
  validateSearch: paths.SweepsSearch,
  component: lazyRouteComponent(() => import('./pages/lapsed/Sweeps.tsx'), 'Sweeps'),
})
const portrait = createRoute({
  getParentRoute: () => frame,
  path: '/base/$subscriberId',
  component: lazyRouteComponent(() => import('./pages/base/PortraitPage.tsx'), 'PortraitPage'),
})
const imports = createRoute({
  getParentRoute: () => frame,
  path: '/base/imports',
  validateSearch: paths.ImportsSearch,
  component: lazyRouteComponent(() => import('./pages/imports/Imports.tsx'), 'Imports'),
})
const newImport = createRoute({
  getParentRoute: () => frame,
  path: '/base/imports/new',
  validateSearch: paths.NewImportSearch,
  component: lazyRouteComponent(() => import('./pages/imports/NewImport.tsx'), 'NewImport'),
})
const report = createRoute({
  getParentRoute: () => frame,
  path: '/base/imports/$importId',
  component: lazyRouteComponent(() => import('./pages/imports/Report.tsx'), 'Report'),
})
const plan = createRoute({
  getParentRoute: () => frame,
  path: '/plan',
  validateSearch: paths.PlanSearch,
  component: lazyRouteComponent(() => import('./pages/plan/Overview.tsx'), 'Overview'),
})
const decisions = createRoute({
  getParentRoute: () => frame,
  path: '/plan/decisions',
  validateSearch: paths.DecisionsSearch,
  component: lazyRouteComponent(() => import('./pages/plan/Decisions.tsx'), 'Decisions'),
})
const campaigns = createRoute({
  getParentRoute: () => frame,
  path: '/plan/campaigns',
  component: lazyRouteComponent(() => import('./pages/campaigns/Campaigns.tsx'), 'Campaigns'),
})
const newCampaign = createRoute({
  getParentRoute: () => frame,
  path: '/plan/campaigns/new',
  validateSearch: paths.NewCampaignSearch,
  component: lazyRouteComponent(() => import('./pages/campaigns/NewCampaign.tsx'), 'NewCampaign'),
})
const campaign = createRoute({
  getParentRoute: () => frame,
  path: '/plan/campaigns/$campaignId',
  validateSearch: paths.CampaignSearch,
  component: lazyRouteComponent(() => import('./pages/campaigns/CampaignPage.tsx'), 'CampaignPage'),
})
const work = createRoute({
  getParentRoute: () => frame,
  path: '/work',
  validateSearch: paths.WorkSearch,
  component: lazyRouteComponent(() => import('./pages/work/Worklists.tsx'), 'Worklists'),
})
const board = createRoute({
  getParentRoute: () => frame,
  path: '/work/board',
  validateSearch: paths.BoardSearch,
  component: lazyRouteComponent(() => import('./pages/work/Board.tsx'), 'Board'),
})
const bulletin = createRoute({
  getParentRoute: () => frame,
  path: '/work/bulletin',
  validateSearch: paths.BulletinSearch,
  component: lazyRouteComponent(() => import('./pages/work/bulletin/Bulletin.tsx'), 'Bulletin'),
})
const close = createRoute({
  getParentRoute: () => frame,
  path: '/work/close',
  validateSearch: paths.CloseSearch,
  component: lazyRouteComponent(() => import('./pages/work/close/Close.tsx'), 'Close'),
})
const visits = createRoute({
  getParentRoute: () => frame,
  path: '/work/visits',
  validateSearch: paths.VisitsSearch,
  component: lazyRouteComponent(() => import('./pages/work/Visits.tsx'), 'Visits'),
})
const tasks = createRoute({
  getParentRoute: () => frame,
  path: '/work/tasks',
  validateSearch: paths.TasksSearch,
  component: lazyRouteComponent(() => import('./pages/work/Tasks.tsx'), 'Tasks'),
})
const events = createRoute({
  getParentRoute: () => frame,
  path: '/work/events',
  validateSearch: paths.EventsSearch,
  component: lazyRouteComponent(() => import('./pages/events/Events.tsx'), 'Events'),
})
const person = createRoute({
  getParentRoute: () => frame,
  path: '/work/people/$staffId',
  validateSearch: paths.PersonListSearch,
  component: lazyRouteComponent(() => import('./pages/work/PersonList.tsx'), 'PersonListPage'),
})
const print = createRoute({
  getParentRoute: () => frame,
  path: '/work/print',
  validateSearch: paths.PersonListSearch,
  component: lazyRouteComponent(() => import('./pages/work/Print.tsx'), 'Print'),
})
const organisation = createRoute({
  getParentRoute: () => frame,
  path: '/settings/organisation',
  validateSearch: paths.OrganisationSearch,
  component: lazyRouteComponent(
    () => import('./pages/settings/organisation/Organisation.tsx'),
    'Organisation',
  ),
})
const calendar = createRoute({
  getParentRoute: () => frame,
  path: '/settings/calendar',
  validateSearch: paths.CalendarSearch,
  component: lazyRouteComponent(() => import('./pages/settings/calendar/Calendar.tsx'), 'Calendar'),
})
const profiles = createRoute({
  getParentRoute: () => frame,
  path: '/settings/profiles',
  component: lazyRouteComponent(() => import('./pages/settings/Profiles.tsx'), 'Profiles'),
})
const rules = createRoute({
  getParentRoute: () => frame,
  path: '/settings/rules',
  component: lazyRouteComponent(() => import('./pages/settings/Rules.tsx'), 'Rules'),
})
const tokens = createRoute({
  getParentRoute: () => frame,
  path: '/settings/tokens',
  component: lazyRouteComponent(() => import('./pages/settings/tokens/Tokens.tsx'), 'Tokens'),
})
const webhooks = createRoute({
  getParentRoute: () => frame,
  path: '/settings/webhooks',
  validateSearch: paths.WebhooksSearch,
  component: lazyRouteComponent(() => import('./pages/settings/webhooks/Webhooks.tsx'), 'Webhooks'),
})
const permissions = createRoute({
  getParentRoute: () => frame,
  path: '/settings/permissions',
  validateSearch: paths.PermissionsSearch,
  component: lazyRouteComponent(() => import('./pages/settings/Permissions.tsx'), 'Permissions'),
})
const zones = createRoute({
  getParentRoute: () => frame,
  path: '/settings/zones',
  component: lazyRouteComponent(() => import('./pages/settings/zones/Zones.tsx'), 'Zones'),
})
const exports = createRoute({
  getParentRoute: () => frame,
  path: '/work/exports',
  validateSearch: paths.ExportsSearch,
  component: lazyRouteComponent(() => import('./pages/exports/Exports.tsx'), 'Exports'),
})
const alarms = createRoute({
  getParentRoute: () => frame,
  path: '/settings/alarms',
  validateSearch: paths.AlarmsSearch,
  component: lazyRouteComponent(() => import('./pages/settings/Alarms.tsx'), 'Alarms'),
})
const corrections = createRoute({
  getParentRoute: () => frame,
  path: '/settings/corrections',
  validateSearch: paths.CorrectionsSearch,
  component: lazyRouteComponent(() => import('./pages/subjects/Corrections.tsx'), 'Corrections'),
})
const erasures = createRoute({
  getParentRoute: () => frame,
  path: '/settings/erasures',
  validateSearch: paths.ErasuresSearch,
  component: lazyRouteComponent(() => import('./pages/subjects/Erasures.tsx'), 'Erasures'),
})
const jobs = createRoute({
  getParentRoute: () => frame,
  path: '/settings/jobs',
  validateSearch: paths.JobsSearch,
  component: lazyRouteComponent(() => import('./pages/settings/jobs/Jobs.tsx'), 'Jobs'),
})
const audit = createRoute({
  getParentRoute: () => frame,
  path: '/settings/audit',
  validateSearch: paths.AuditSearch,
  component: lazyRouteComponent(() => import('./pages/settings/Audit.tsx'), 'Audit'),
})
const account = createRoute({
  getParentRoute: () => frame,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('./pages/account/Account.tsx'), 'Account'),
})

const tree = root.addChildren([
  signIn,
  due,
  frame.addChildren([
    today,
    base,
    expiry,
    lapsed,
    sweeps,
    portrait,
    imports,
    newImport,
    report,
    plan,
    decisions,
    campaigns,
    newCampaign,
    campaign,
    work,
    close,
    board,
    bulletin,
    visits,
    tasks,
    events,
    person,
    print,
    organisation,
    calendar,
    profiles,
    rules,
    permissions,
    zones,
    tokens,
    webhooks,
    jobs,
    audit,
    exports,
    alarms,
    corrections,
    erasures,
    account,
  ]),
])

export function openRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch: paths.readSearch,
    stringifySearch: paths.writeSearch,
    defaultPreload: false,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof openRouter>
  }
}
