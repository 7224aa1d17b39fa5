/**
 * Who works where, who may do what, and whose rows anybody sees. Owns the Postgres schema `people`,
 * whose scope functions the row policies of every module call.
 */

export { createFirstAdministrator } from './first-administrator.ts'
export { givePassword } from './give-password.ts'
export { checkPlaces, importPlaces, type PlaceRow } from './import-places.ts'
export { checkStaff, importStaff, type StaffRow } from './import-staff.ts'
export { checkUnits, importUnits, type UnitRow } from './import-units.ts'
export type { Listed, Outcome, RowFinding } from './listed.ts'
export { type CalledBy, namePeople } from './name-people.ts'
export { askAboutSessions } from './oidc-sessions.ts'
export { setPassword } from './passwords.ts'
export { permissionTable } from './permissions.ts'
export { type PlaceOf, placesOf } from './places.ts'
export {
  abilities,
  abilitiesInBranch,
  actionsAt,
  mayDo,
  mayDoAt,
  mayDoInBranch,
  unitsWhere,
} from './policy.ts'
export { publishOrganisation } from './publish.ts'
export { putUnit, type UnitInput } from './put-unit.ts'
export type { Homes } from './reshape.ts'
export { type Action, actionsOf, ROLES, type Role } from './roles.ts'
export { peopleRoutes } from './routes.ts'
export { countUnreadable } from './second-factor.ts'
export { tokenActor } from './service-tokens.ts'
export { actorOf, openSession, type Session } from './sessions.ts'
export { type SettingKind, settingAt, settle, showSettings } from './settings.ts'
export { type SignInSettings, type SignInWays, waysOf } from './sign-in-ways.ts'
export {
  listStaff,
  type PersonInput,
  putStaff,
  readPerson,
  type StaffOn,
  staffNames,
  staffOn,
} from './staff.ts'
export { type Limit, strictnessOf } from './strictness.ts'
export { openSystemTicket } from './system-store.ts'
export type { UnitKind, UnitRef } from './tree.ts'
export {
  branchesInScope,
  branchOf,
  nameUnits,
  readBranch,
  readUnit,
  subtreeOf,
  type UnitNames,
  unitNames,
  unitsInScope,
  unitsOf,
} from './units.ts'
