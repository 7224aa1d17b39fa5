/**
 * Who works where, who may do what, and whose rows anybody sees. Owns the Postgres schema `people`,
 * whose scope functions the row policies of every module call.
 */

export { tiedTo } from './independence.ts'
export { type CalledBy, namePeople } from './name-people.ts'
export { checkPlaces, importPlaces, type PlaceRow } from './organisation/import-places.ts'
export { checkUnits, importUnits, type UnitRow } from './organisation/import-units.ts'
export type { Listed, Outcome, RowFinding } from './organisation/listed.ts'
export { type PlaceOf, placesOf } from './organisation/places.ts'
export { putUnit, type UnitInput } from './organisation/put-unit.ts'
export type { Homes } from './organisation/reshape.ts'
export type { UnitKind, UnitRef } from './organisation/tree.ts'
export {
  branchesInScope,
  branchOf,
  nameUnits,
  readBranch,
  readTree,
  readUnit,
  subtreeOf,
  type UnitNames,
  unitNames,
  unitsInScope,
  unitsOf,
} from './organisation/units.ts'
export { permissionTable } from './permissions.ts'
export {
  abilities,
  abilitiesInBranch,
  actionsAt,
  mayDo,
  mayDoAt,
  mayDoInBranch,
  mayDoInName,
  unitsWhere,
} from './policy.ts'
export { publishOrganisation } from './publish.ts'
export { type Action, actionsOf, ROLES, type Role } from './roles.ts'
export { peopleRoutes } from './routes.ts'
export { SEALED_TEXTS } from './sealed-texts.ts'
export { type SettingKind, settingAt, settle, showSettings } from './settings.ts'
export { createFirstAdministrator } from './sign-in/first-administrator.ts'
export { givePassword } from './sign-in/give-password.ts'
export { setPassword } from './sign-in/passwords.ts'
export { countUnreadable } from './sign-in/second-factor.ts'
export { actorOf, openSession, type Session } from './sign-in/sessions.ts'
export { type SignInSettings, type SignInWays, waysOf } from './sign-in/sign-in-ways.ts'
export { askAboutSessions } from './single-sign-on/oidc-sessions.ts'
export { checkStaff, importStaff, type StaffRow } from './staff/import-staff.ts'
export {
  listStaff,
  type PersonInput,
  putStaff,
  readPerson,
  type StaffOn,
  staffNames,
  staffOn,
} from './staff/staff.ts'
export { type Limit, strictnessOf } from './strictness.ts'
export { openSystemTicket } from './system-store.ts'
export { tokenActor } from './tokens/service-tokens.ts'
