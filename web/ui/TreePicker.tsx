import { TreeSelect } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { nest, type TreeNode } from './nest.ts'

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
