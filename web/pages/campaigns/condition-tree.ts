import type { Condition, Operator } from '#contract/campaigns.ts'

export type Scalar = string | number | boolean
export type Value = Scalar | readonly Scalar[] | undefined

/** A comparison as it is written; what is not chosen yet is undefined. */
export type Leaf = Readonly<{
  kind: 'leaf'
  id: number
  negated: boolean
  field: string | undefined
  op: Operator | undefined
  value: Value
}>
/** Several conditions of which all or any must hold, or, negated, must not. */
export type Branch = Readonly<{
  kind: 'branch'
  id: number
  negated: boolean
  join: 'all' | 'any'
  parts: readonly Node[]
}>
export type Node = Leaf | Branch

/** What the server takes: so many levels, so many nodes. */
export const MOST_LEVELS = 8
export const MOST_NODES = 200

/** A condition as a tree that can be edited; its root is always a branch, its ids are 1, 2, 3 … */
export function plant(condition: Condition): Branch {
  let last = 0
  const grow = (node: Condition, negated: boolean): Node => {
    if ('not' in node) return grow(node.not, !negated)
    const id = ++last
    if ('all' in node) return branch(id, 'all', negated, node.all)
    if ('any' in node) return branch(id, 'any', negated, node.any)
    return { kind: 'leaf', id, negated, field: node.field, op: node.op, value: node.value }
  }
  const branch = (
    id: number,
    join: Branch['join'],
    negated: boolean,
    parts: readonly Condition[],
  ): Branch => ({
    kind: 'branch',
    id,
    negated,
    join,
    parts: parts.map((part) => grow(part, false)),
  })
  const root = grow(condition, false)
  if (root.kind === 'branch') return root
  return { kind: 'branch', id: last + 1, negated: false, join: 'all', parts: [root] }
}

/** The condition that a tree says; undefined while a comparison in it is unfinished. */
export function conditionOf(node: Node): Condition | undefined {
  const own = node.kind === 'leaf' ? comparisonOf(node) : joined(node)
  if (own === undefined) return undefined
  return node.negated ? { not: own } : own
}

function comparisonOf(leaf: Leaf): Condition | undefined {
  const { field, op, value } = leaf
  if (field === undefined || op === undefined || !isFilled(op, value)) return undefined
  if (arityOf(op) === 'none') return { field, op }
  return { field, op, value: Array.isArray(value) ? [...value] : (value as Scalar) }
}

function joined({ join, parts }: Branch): Condition | undefined {
  const said: Condition[] = []
  for (const part of parts) {
    const condition = conditionOf(part)
    if (condition === undefined) return undefined
    said.push(condition)
  }
  return join === 'all' ? { all: said } : { any: said }
}

/** How many values an operator is given. */
export function arityOf(op: Operator): 'none' | 'one' | 'two' | 'some' {
  if (op === 'in' || op === 'not_in') return 'some'
  if (op === 'range') return 'two'
  return NO_VALUE.has(op) ? 'none' : 'one'
}
const NO_VALUE: ReadonlySet<Operator> = new Set([
  'is_true',
  'is_false',
  'known',
  'unknown',
  'before_today',
])

/** Whether the operator has the values it takes; a range begins before it ends. */
function isFilled(op: Operator, value: Value): boolean {
  const arity = arityOf(op)
  if (arity === 'none') return true
  if (arity === 'some') return Array.isArray(value) && value.length > 0
  if (arity === 'one') return value !== undefined && value !== '' && !Array.isArray(value)
  if (!Array.isArray(value) || value.length !== 2) return false
  const [from, to] = value
  return from !== undefined && to !== undefined && from !== '' && from < to
}

/** The tree with the node of that id as `change` makes it. */
export function changed(root: Branch, id: number, change: (node: Node) => Node): Branch {
  const walk = (node: Node): Node => {
    if (node.id === id) return change(node)
    if (node.kind === 'leaf') return node
    return { ...node, parts: node.parts.map(walk) }
  }
  return walk(root) as Branch
}

/** The tree with one more comparison, or one more branch with one in it, at the end of a branch. */
export function withPart(root: Branch, branchId: number, kind: Node['kind']): Branch {
  const id = lastId(root) + 1
  const part: Node =
    kind === 'leaf'
      ? emptyLeaf(id)
      : { kind: 'branch', id, negated: false, join: 'any', parts: [emptyLeaf(id + 1)] }
  return changed(root, branchId, (node) =>
    node.kind === 'branch' ? { ...node, parts: [...node.parts, part] } : node,
  )
}

/** The tree without a node and what is below it; the root stays. */
export function without(root: Branch, id: number): Branch {
  const walk = (branch: Branch): Branch => ({
    ...branch,
    parts: branch.parts
      .filter((part) => part.id !== id)
      .map((part) => (part.kind === 'branch' ? walk(part) : part)),
  })
  return walk(root)
}

/** The tree with a node put into a branch of its own, so that others can be added beside it. */
export function wrapped(root: Branch, id: number): Branch {
  if (root.id === id) return root
  const fresh = lastId(root) + 1
  return changed(root, id, (node) => ({
    kind: 'branch',
    id: fresh,
    negated: false,
    join: 'any',
    parts: [node],
  }))
}

function emptyLeaf(id: number): Leaf {
  return { kind: 'leaf', id, negated: false, field: undefined, op: undefined, value: undefined }
}

function lastId(node: Node): number {
  return node.kind === 'leaf' ? node.id : Math.max(node.id, ...node.parts.map(lastId))
}

/** Levels and nodes as the server counts them: a negation is a node of its own. */
export function sizeOf(node: Node): Readonly<{ levels: number; nodes: number }> {
  const parts = node.kind === 'leaf' ? [] : node.parts.map(sizeOf)
  const own = node.negated ? 2 : 1
  return {
    levels: own + Math.max(0, ...parts.map(({ levels }) => levels)),
    nodes: parts.reduce((sum, { nodes }) => sum + nodes, own),
  }
}

/** The comparisons of a tree, in order. */
export function leavesOf(node: Node): readonly Leaf[] {
  return node.kind === 'leaf' ? [node] : node.parts.flatMap(leavesOf)
}

type Kind = Readonly<{ field: string; type: string; operators: readonly string[] }>

/** The comparison about another field: compared as one usually does, its value asked for anew. */
export function withField(leaf: Leaf, { field, type, operators }: Kind): Leaf {
  const usual = (USUAL[type] ?? 'eq') as Operator
  const op = operators.includes(usual) ? usual : (operators[0] as Operator | undefined)
  return { ...leaf, field, op, value: undefined }
}
const USUAL: Readonly<Record<string, Operator>> = {
  text: 'contains',
  code: 'in',
  int: 'gte',
  fen: 'gte',
  number: 'gte',
  bool: 'is_true',
  date: 'within_days',
  month: 'gte',
}

/** The comparison by another operator; the value stays where it still means the same. */
export function withOperator(leaf: Leaf, op: Operator): Leaf {
  const { value } = leaf
  const [before, after] = [leaf.op === undefined ? 'none' : arityOf(leaf.op), arityOf(op)]
  const sameKind = leaf.op !== undefined && countsDays(leaf.op) === countsDays(op)
  const many = Array.isArray(value)
  if (!sameKind || value === undefined || after === 'none') return { ...leaf, op, value: undefined }
  if (before === after) return { ...leaf, op }
  if (before === 'one' && after === 'some') return { ...leaf, op, value: [value as Scalar] }
  if (before === 'some' && after === 'one' && many) return { ...leaf, op, value: value[0] }
  return { ...leaf, op, value: undefined }
}

/** Whether an operator is given days to count, whatever the type of the field. */
export function countsDays(op: Operator): boolean {
  return op === 'within_days' || op === 'older_than_days'
}
