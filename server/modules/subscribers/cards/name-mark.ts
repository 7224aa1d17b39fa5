import type { Mark } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'
import { openCell, sealCell } from '#platform/sealed-cells.ts'
import type { Unit } from '#platform/unit.ts'
import { ownerOf } from '../identity/identity.ts'

// A list by name goes on behind the sounds of a name. Cursors stand in addresses and logs: they carry
// the sounds sealed, for this subscriber alone.

const PURPOSE = 'subscribers.cursor'

/** Where a list by name goes on, as a cursor may say it. */
export function sealMark(unit: Unit, branchId: string, { value, id }: Mark): Mark {
  const cell = sealCell(unit.keys.cellKeysFor(PURPOSE), String(value), ownerOf(branchId, id))
  return { value: cell.toString('base64url'), id }
}

/** @throws Refusal `cursor-unreadable` for what is not sealed here for this subscriber. */
export function openMark(unit: Unit, branchId: string, { value, id }: Mark): Mark {
  try {
    const cell = Buffer.from(String(value), 'base64url')
    return { value: openCell(unit.keys.cellKeysFor(PURPOSE), cell, ownerOf(branchId, id)), id }
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal('invalid', 'cursor-unreadable')
    throw cause
  }
}
