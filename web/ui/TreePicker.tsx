import { TreeSelect } from 'antd'
import { type ReactNode, useMemo } from 'react'

export type TreeNode = Readonly<{
  id: string
  parentId: string | null
  name: string
  closed?: boolean
}>

/** One node of a tree, found by typing or by opening branches; `undefined` where none is chosen. */
export function TreePicker(of: {
  name: string
  nodes: readonly TreeNode[]
  value: string | undefined
  change: (id: string | undefined) => void
  placeholder?: string
  /** Without: one node is always chosen. */
  clearable?: boolean
  width?: number | string
  id?: string
}): ReactNode {
  const { nodes } = of
  const tree = useMemo(() => nest(nodes), [nodes])
  return (
    <TreeSelect
      {...(of.id ? { id: of.id } : {})}
      aria-label={of.name}
      treeData={tree}
      value={of.value}
      onChange={(id: string | undefined) => of.change(id)}
      placeholder={of.placeholder}
      allowClear={of.clearable ?? true}
      showSearch
      treeNodeFilterProp="title"
      treeDefaultExpandedKeys={nodes.slice(0, 8).map(({ id }) => id)}
      popupMatchSelectWidth={320}
      listHeight={420}
      style={{ width: of.width ?? 220 }}
    />
  )
}

type Nested = { value: string; title: string; disabled: boolean; children: Nested[] }

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
