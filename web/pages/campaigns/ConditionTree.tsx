import { Button, Select } from 'antd'
import { createContext, type ReactNode, use } from 'react'
import { useSay } from '../../language.ts'
import { Mark } from '../../ui/Notices.tsx'
import css from './campaigns.module.css'
import { type Catalogue, isMeant, type OptionGroup } from './catalogue.ts'
import {
  type Branch,
  changed,
  type Leaf,
  MOST_LEVELS,
  MOST_NODES,
  type Node,
  sizeOf,
  withField,
  withOperator,
  without,
  withPart,
  wrapped,
} from './condition-tree.ts'
import { ValueInput } from './ValueInput.tsx'
import { COMPARISONS } from './words.ts'

const WORDS = {
  join: { zh: '这组条件怎样算满足', en: 'How this group is met' },
  all: { zh: '以下全部满足', en: 'All of these hold' },
  any: { zh: '以下满足任一', en: 'Any of these holds' },
  notAny: { zh: '以下一个也不满足', en: 'None of these holds' },
  notAll: { zh: '以下不同时满足', en: 'Not all of these hold' },
  addLeaf: { zh: '加条件', en: 'Add condition' },
  addBranch: { zh: '加条件组', en: 'Add group' },
  full: {
    zh: '条件最多 8 层、200 个节点，请拆成多个活动。',
    en: 'A condition has at most 8 levels and 200 nodes; split the campaign.',
  },
  field: { zh: '字段', en: 'Field' },
  comparison: { zh: '比较方式', en: 'Comparison' },
  not: { zh: '非', en: 'not' },
  negate: { zh: '取反：不满足才算', en: 'Turn round: it must not hold' },
  wrap: { zh: '成组', en: 'Group' },
  wrapHint: { zh: '放进一个新的条件组', en: 'Put it into a group of its own' },
  remove: { zh: '删除', en: 'Remove' },
  removeLeaf: { zh: '删除条件“{field}”', en: 'Remove the condition “{field}”' },
  removeBranch: { zh: '删除整组', en: 'Remove group' },
  undelivered: { zh: '最新数据没有此列，选不出人', en: 'not delivered: selects nobody' },
  gone: { zh: '目录中没有字段“{field}”', en: 'The catalogue has no field “{field}”' },
  empty: { zh: '没有条件：全部用户都算满足。', en: 'No condition: every subscriber meets it.' },
  emptyAny: { zh: '没有条件：没有用户满足。', en: 'No condition: no subscriber meets it.' },
} as const

type Hand = Readonly<{
  root: Branch
  change: (root: Branch) => void
  catalogue: Catalogue
  options: readonly OptionGroup[]
  full: boolean
}>
const HandContext = createContext<Hand | null>(null)

function useHand(): Hand {
  const hand = use(HandContext)
  if (!hand) throw new Error('A condition stands outside its tree.')
  return hand
}

/** Whom a campaign or an offer means, as a tree of comparisons that is built without a query language. */
export function ConditionTree(of: {
  name: string
  root: Branch
  change: (root: Branch) => void
  catalogue: Catalogue
  options: readonly OptionGroup[]
}): ReactNode {
  const { levels, nodes } = sizeOf(of.root)
  return (
    <HandContext value={{ ...of, full: levels >= MOST_LEVELS || nodes >= MOST_NODES }}>
      <section aria-label={of.name} className={css.tree}>
        <Group branch={of.root} />
      </section>
    </HandContext>
  )
}

type Join = 'all' | 'any' | 'notAny' | 'notAll'

function joinOf({ join, negated }: Branch): Join {
  if (!negated) return join
  return join === 'any' ? 'notAny' : 'notAll'
}

function Group({ branch }: { branch: Branch }): ReactNode {
  const say = useSay()
  const { root, change, full } = useHand()
  const put = (join: Join) =>
    change(
      changed(root, branch.id, (node) => ({
        ...(node as Branch),
        join: join === 'all' || join === 'notAll' ? 'all' : 'any',
        negated: join === 'notAny' || join === 'notAll',
      })),
    )
  const join = joinOf(branch)
  const reason = full ? { disabled: true, title: say(WORDS.full) } : {}
  return (
    <fieldset className={css.group} data-root={branch.id === root.id}>
      <legend className="visually-hidden">{say(WORDS[join])}</legend>
      <div className={css.groupHead}>
        <Select<Join>
          aria-label={say(WORDS.join)}
          className={css.join ?? ''}
          value={join}
          onChange={put}
          options={(['all', 'any', 'notAny', 'notAll'] as const).map((value) => ({
            value,
            label: say(WORDS[value]),
          }))}
        />
        <Button size="small" {...reason} onClick={() => change(withPart(root, branch.id, 'leaf'))}>
          {say(WORDS.addLeaf)}
        </Button>
        <Button
          size="small"
          {...reason}
          onClick={() => change(withPart(root, branch.id, 'branch'))}
        >
          {say(WORDS.addBranch)}
        </Button>
        {branch.id !== root.id && (
          <Button size="small" type="text" onClick={() => change(without(root, branch.id))}>
            {say(WORDS.removeBranch)}
          </Button>
        )}
      </div>
      {branch.parts.length === 0 && (
        <p className={css.quiet}>{say(branch.join === 'all' ? WORDS.empty : WORDS.emptyAny)}</p>
      )}
      <ul className={css.parts}>
        {branch.parts.map((part: Node) => (
          <li key={part.id}>
            {part.kind === 'branch' ? <Group branch={part} /> : <Comparison leaf={part} />}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Comparison({ leaf }: { leaf: Leaf }): ReactNode {
  const say = useSay()
  const { root, change, catalogue, options, full } = useHand()
  const field = leaf.field === undefined ? undefined : catalogue.get(leaf.field)
  const put = (make: (leaf: Leaf) => Leaf) =>
    change(changed(root, leaf.id, (node) => make(node as Leaf)))
  const words = COMPARISONS[field?.type ?? 'text'] ?? {}
  return (
    <div className={css.leaf}>
      <Button
        size="small"
        type={leaf.negated ? 'primary' : 'text'}
        aria-pressed={leaf.negated}
        aria-label={say(WORDS.negate)}
        title={say(WORDS.negate)}
        onClick={() => put((own) => ({ ...own, negated: !own.negated }))}
      >
        {say(WORDS.not)}
      </Button>
      <Select
        aria-label={say(WORDS.field)}
        autoFocus={leaf.field === undefined}
        className={css.fieldName ?? ''}
        placeholder={say(WORDS.field)}
        value={leaf.field}
        showSearch={{ filterOption: isMeant }}
        popupMatchSelectWidth={300}
        options={options.map(({ label, options: fields }) => ({ label, options: [...fields] }))}
        onChange={(name) => {
          const chosen = name === undefined ? undefined : catalogue.get(name)
          if (chosen) put((own) => withField(own, chosen))
        }}
      />
      {field && (
        <Select
          aria-label={say(WORDS.comparison)}
          className={css.comparison ?? ''}
          value={leaf.op}
          popupMatchSelectWidth={false}
          options={field.operators.map((op) => {
            const word = words[op]
            return { value: op, label: word ? say(word) : op }
          })}
          onChange={(op) => put((own) => withOperator(own, op as NonNullable<Leaf['op']>))}
        />
      )}
      {field && (
        <ValueInput
          field={field}
          leaf={leaf}
          change={(value) => put((own) => ({ ...own, value }))}
        />
      )}
      {field?.delivered === false && <Mark tone="soon">{say(WORDS.undelivered)}</Mark>}
      {leaf.field !== undefined && !field && (
        <Mark tone="late">{say(WORDS.gone, { field: leaf.field })}</Mark>
      )}
      <span className={css.leafActions}>
        <Button
          size="small"
          type="text"
          disabled={full}
          title={say(full ? WORDS.full : WORDS.wrapHint)}
          onClick={() => change(wrapped(root, leaf.id))}
        >
          {say(WORDS.wrap)}
        </Button>
        <Button
          size="small"
          type="text"
          aria-label={say(WORDS.removeLeaf, { field: field ? say(field.label) : '' })}
          onClick={() => change(without(root, leaf.id))}
        >
          {say(WORDS.remove)}
        </Button>
      </span>
    </div>
  )
}
