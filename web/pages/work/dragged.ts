import type { DragEvent, HTMLAttributes } from 'react'

/** Somebody’s row of the board, while it is dragged; other things dropped there are none. */
const PERSON = 'application/x-gridkeeper-person'

type Person = Readonly<{ staffId: string; name: string }>

/**
 * What makes a row of a person one that can be dragged and dropped upon: `dropped` is told who was
 * dropped on whom. Whoever cannot drag has a button beside it that leads to the same.
 */
export function dragging(
  person: Person,
  dropped: (from: Person, to: Person) => void,
): HTMLAttributes<HTMLTableRowElement> {
  const isPerson = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(PERSON)
  const mark = ({ currentTarget }: DragEvent<HTMLTableRowElement>, is: boolean) => {
    if (is) currentTarget.dataset.dropping = 'true'
    else delete currentTarget.dataset.dropping
  }
  return {
    draggable: true,
    onDragStart: ({ dataTransfer }) => {
      dataTransfer.setData(PERSON, JSON.stringify(person))
      dataTransfer.effectAllowed = 'move'
    },
    onDragOver: (event) => {
      if (!isPerson(event)) return
      event.preventDefault() // it may be dropped here
      mark(event, true)
    },
    onDragLeave: (event) => mark(event, false),
    onDrop: (event) => {
      mark(event, false)
      if (!isPerson(event)) return
      event.preventDefault()
      const from = JSON.parse(event.dataTransfer.getData(PERSON)) as Person
      if (from.staffId !== person.staffId) dropped(from, person)
    },
  }
}
