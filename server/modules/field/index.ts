/** What people work with where there is no network. Owns the Postgres schema `field`. */
export { selectReviewsEver as reviewsEver } from './authenticity/review-store.ts'
export { selectLastSeen as lastSeen } from './device-store.ts'
export { SEALED_HALVES } from './devices.ts'
export { sealEvidenceAgain } from './evidence-files.ts'
export { selectEvidenceOf as evidenceOf } from './evidence-store.ts'
export { evidenceEver, FIELD_ERASER, forgetField } from './forget.ts'
export { openEvidence } from './read-evidence.ts'
export { fieldRoutes } from './routes.ts'
