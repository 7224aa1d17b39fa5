/** A failure that a person can do something about; its message says what, in both languages. */
export class Trouble extends Error {
  constructor(zh, en) {
    super(`${zh}\n${en}`)
    this.name = 'Trouble'
  }
}

/** Writes a line to stderr, under the name of the house. */
export function tell(text) {
  process.stderr.write(`gridkeeper: ${text.replaceAll('\n', '\n  ')}\n`)
}

/** Announces a step, runs it and says how many seconds it took. */
export async function step(zh, en, work) {
  tell(`${zh} · ${en} …`)
  const began = performance.now()
  const result = await work()
  tell(`${zh} · ${en}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return result
}
