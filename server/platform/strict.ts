import { z } from 'zod'

/**
 * The same schema, except that every object in it refuses members that it does not name, however
 * deep it lies. One that says itself that it takes any member, as `z.looseObject` does, stays so. A
 * schema that is strict already comes back as it is.
 */
export function strictly<Schema extends z.ZodType>(schema: Schema): Schema {
  return closed(schema, new Map()) as Schema
}

/** The part of a definition of zod’s that holds other schemas. */
type Definition = Readonly<{
  type: string
  shape?: Readonly<Record<string, z.ZodType>>
  catchall?: z.ZodType | undefined
}> &
  Readonly<Record<string, unknown>>

const definitionOf = (schema: z.ZodType) => schema.def as unknown as Definition
const isSchema = (value: unknown): value is z.ZodType => value instanceof z.core.$ZodType
const isOpen = ({ type, catchall }: Definition) => type === 'object' && catchall === undefined

/** The schemas directly inside a schema: members, elements, options, what is wrapped. */
export function innerOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodLazy) return [unwrapped(schema)] // zod also keeps it in the definition
  const { shape = {}, ...others } = definitionOf(schema)
  const parts = Object.values(others).flatMap((part) => (Array.isArray(part) ? part : [part]))
  return [...Object.values(shape), ...parts].filter(isSchema)
}

/** What a lazy schema stands for: the same object each time, whatever its getter makes. */
const unwrapped = (lazy: z.ZodLazy) => lazy.unwrap() as z.ZodType

function hasOpenObject(schema: z.ZodType, seen: Set<z.ZodType>): boolean {
  if (seen.has(schema)) return false
  seen.add(schema)
  return isOpen(definitionOf(schema)) || innerOf(schema).some((inner) => hasOpenObject(inner, seen))
}

function closed(schema: z.ZodType, made: Map<z.ZodType, z.ZodType>): z.ZodType {
  const known = made.get(schema)
  if (known) return known
  if (!hasOpenObject(schema, new Set())) return schema
  const definition = definitionOf(schema)
  const at = (part: unknown): unknown =>
    isSchema(part) ? closed(part, made) : Array.isArray(part) ? part.map(at) : part
  const result =
    schema instanceof z.ZodLazy
      ? z.lazy(() => closed(unwrapped(schema), made))
      : schema.clone({
          ...Object.fromEntries(Object.entries(definition).map(([name, part]) => [name, at(part)])),
          ...(definition.shape && {
            shape: Object.fromEntries(
              Object.entries(definition.shape).map(([name, part]) => [name, closed(part, made)]),
            ),
          }),
          ...(isOpen(definition) && { catchall: z.never() }),
        } as never)
  made.set(schema, result)
  return result
}

/** The names that objects have at a place in what a schema describes. */
export function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path
  const definition = definitionOf(schema)
  const { shape } = definition
  if (!shape) {
    const isStepIn = definition.type === 'array' || definition.type === 'record'
    return innerOf(schema).flatMap((inner) => namesAt(inner, isStepIn ? rest : path))
  }
  if (step === undefined) return Object.keys(shape)
  const member = Object.hasOwn(shape, step) ? shape[String(step)] : undefined
  return member ? namesAt(member, rest) : []
}
