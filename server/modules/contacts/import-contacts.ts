import { question } from '#platform/duckdb/lake.ts'
import type { Unit } from '#platform/unit.ts'
import {
  type Batch,
  csvOf,
  erasedOf,
  type ImportHandler,
  type Loaded,
  readCards,
} from '#subscribers'
import { CONTACT_COLUMNS } from './columns.ts'
import { learnKnownContacts } from './publish.ts'
import { eraseContacts, insertContacts } from './store.ts'

/**
 * Takes past contacts into the ledger. A contact is told once: one whose id is known already is
 * left as it stands, so the same file twice changes nothing, and a file can overlap the one before;
 * a file that repeats a whole ledger every night costs no more than what is new in it.
 */
export const CONTACTS_HANDLER: ImportHandler = {
  kind: 'contacts',
  columns: CONTACT_COLUMNS,
  required: ['contact_id', ['subscriber_id', 'household_id'], 'at', 'channel', 'purpose', 'result'],
  key: ['contact_id'],
  sentences: {
    'contact-without-household': {
      zh: '第 {row} 行既没有用户编号也没有家庭编号，请补上其中一个。',
      en: 'Row {row} names neither a subscriber nor a household; add one of them.',
    },
    'contact-cell-missing': {
      zh: '第 {row} 行缺少“{column}”，请补齐后重新导入。',
      en: 'Row {row} lacks “{column}”; add it and import again.',
    },
    'contacts-known-already': {
      zh: '{count} 条接触记录此前已登记，保持原样。',
      en: '{count} contacts were recorded before and stay as they are.',
    },
  },
  check: (batch) => batch.session.run(question(import.meta.url, './queries/check-contacts.sql')),
  prepare,
  load,
}

/**
 * Leaves in `work.new_contact` what the ledger does not tell yet. What another import tells in the
 * meantime is still in there, and is left out by the ledger itself.
 */
async function prepare(batch: Batch): Promise<void> {
  const { works, session, branchId, folder } = batch
  await works.run(works.system, (unit) =>
    learnKnownContacts(unit, { works, session, branchId, folder }),
  )
  await session.run(question(import.meta.url, './queries/new-contacts.sql'))
}

async function load(unit: Unit, batch: Batch): Promise<Loaded> {
  const csv = await csvOf(
    batch.session,
    question(import.meta.url, './queries/staged-contacts.sql'),
    batch.folder,
  )
  const households = await householdsOf(unit, batch)
  const inserted = await insertContacts(unit, { branchId: batch.branchId, csv, households })
  const { branchId } = batch
  const erased = await erasedOf(unit, branchId)
  if (erased.length > 0)
    await eraseContacts(unit, { branchId, subscriberIds: erased, leftHomes: [] })
  const known = batch.rows - inserted
  return {
    changed: inserted > 0,
    warnings: known > 0 ? [{ code: 'contacts-known-already', values: { count: known } }] : [],
  }
}

/** The households of the subscribers that a file names without one, as the cards have them now. */
async function householdsOf(unit: Unit, batch: Batch): Promise<Map<string, string>> {
  const named = await batch.session.rows<{ id: string }>(
    question(import.meta.url, './queries/contacts-without-household.sql'),
  )
  const households = new Map<string, string>()
  for (let from = 0; from < named.length; from += CARDS_AT_ONCE) {
    const ids = named.slice(from, from + CARDS_AT_ONCE).map(({ id }) => id)
    for (const [id, card] of await readCards(unit, batch.branchId, ids))
      households.set(id, card.householdId)
  }
  return households
}
const CARDS_AT_ONCE = 5_000
