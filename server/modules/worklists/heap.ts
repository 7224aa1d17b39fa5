/** A queue that gives its smallest element first; `compare` leaves no ties open. */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #compare: (a: T, b: T) => number
  constructor(compare: (a: T, b: T) => number, items: Iterable<T> = []) {
    this.#compare = compare
    for (const item of items) this.push(item)
  }

  push(item: T): void {
    const items = this.#items
    let place = items.push(item) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (!this.#isBefore(place, above)) return
      this.#swap(place, above)
      place = above
    }
  }

  pop(): T | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return first
    items[0] = last
    for (let place = 0; ; ) {
      let least = place
      for (const below of [2 * place + 1, 2 * place + 2])
        if (below < items.length && this.#isBefore(below, least)) least = below
      if (least === place) return first
      this.#swap(place, least)
      place = least
    }
  }

  #isBefore(a: number, b: number): boolean {
    const items = this.#items
    return this.#compare(items[a] as T, items[b] as T) < 0
  }

  #swap(a: number, b: number): void {
    const items = this.#items
    const held = items[a] as T
    items[a] = items[b] as T
    items[b] = held
  }
}
