export type TreeNode = Readonly<{
  id: string
  parentId: string | null
  name: string
  closed?: boolean
}>

export type Nested = { value: string; title: string; disabled: boolean; children: Nested[] }

/** Nodes under their parents, in the order given; a node whose parent is absent is a root. */
export function nest(nodes: readonly TreeNode[]): Nested[] {
  const byId = new Map<string, Nested>(
    nodes.map(({ id, name, closed }) => [
      id,
      { value: id, title: name, disabled: closed ?? false, children: [] },
    ]),
  )
  const roots: Nested[] = []
  for (const { id, parentId } of nodes) {
    const node = byId.get(id)
    const parent = parentId === null ? undefined : byId.get(parentId)
    if (node) (parent?.children ?? roots).push(node)
  }
  return roots
}
