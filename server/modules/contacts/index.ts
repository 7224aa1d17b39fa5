/** The one exact ledger of every touch on every channel. Owns the Postgres schema `contacts`. */

export { type AgainstOn, againstOn } from './against-on.ts'
export { closedHomes } from './closed-homes.ts'
export { CONTACTS_ERASER } from './erase-contacts.ts'
export {
  type Intent,
  isMarketing,
  type Known,
  mayTouch,
  type Purpose,
  type Rules,
  type Verdict,
} from './gate.ts'
export { lockHomes } from './hold-store.ts'
export { endHold } from './holds.ts'
export { CONTACTS_HANDLER } from './import-contacts.ts'
export { readCardAnywhere } from './judge.ts'
export { contactRules, knownOf, refusalsOf } from './known.ts'
export { lastTouchesOf } from './last-touches.ts'
export { openDoor, openLine } from './opening.ts'
export { CONTACT_RULES, type ContactPolicy, contactPolicy } from './policy.ts'
export { publishContacts } from './publish.ts'
export { publishConsents } from './publish-consents.ts'
export { contactsOf, toldOf } from './read-contacts.ts'
export { REASONS_AGAINST, sayAgainst, TOUCHPOINT_WORDS } from './reasons.ts'
export {
  type Channel,
  closes,
  firstAllowedDay,
  type HouseholdRefusal,
  stands,
  TOUCHPOINT_OF,
} from './refusals.ts'
export { contactRoutes } from './routes.ts'
export { keepTouch, type Told, type Touched } from './touches.ts'
