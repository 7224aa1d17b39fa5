import type { Mode } from '../ui/tokens.ts'
import { tokensOf } from '../ui/tokens.ts'
import type { Picture } from './engine.ts'

/** A step of a funnel: what is left, or a loss taken from the step before. */
export type Step = Readonly<{ key: string; name: string; count: number; kind: 'left' | 'lost' }>

/** Where a step’s bar begins and how long it is; a loss lies where it was cut off. */
export type Placed = Step & Readonly<{ from: number }>

/** Places the steps of a funnel: each loss ends where what was left before it ended. */
export function placeSteps(steps: readonly Step[]): readonly Placed[] {
  let level = 0
  return steps.map((step) => {
    if (step.kind === 'left') {
      level = step.count
      return { ...step, from: 0 }
    }
    level -= step.count
    return { ...step, from: Math.max(0, level) }
  })
}

/** Bars from top to bottom: what is left in the accent, losses in grey, every one with its figure. */
export function funnelPicture(
  steps: readonly Step[],
  mode: Mode,
  say: (count: number) => string,
): Picture {
  const colours = tokensOf(mode)
  const placed = placeSteps(steps)
  const widest = Math.max(1, ...placed.map(({ count }) => count))
  return {
    grid: { left: 8, right: 72, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', formatter: '{b}' },
    xAxis: { type: 'value', max: widest, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: placed.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colours.text, fontSize: 13, width: 220, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        stack: 'funnel',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: placed.map(({ from }) => from),
      },
      {
        type: 'bar',
        stack: 'funnel',
        barWidth: 18,
        cursor: 'pointer',
        label: {
          show: true,
          position: 'right',
          color: colours.text,
          formatter: ({ dataIndex }: { dataIndex: number }) => say(placed[dataIndex]?.count ?? 0),
        },
        data: placed.map(({ key, count, kind }) => ({
          key,
          value: count,
          itemStyle: { color: kind === 'left' ? colours.accent : colours.lost },
        })),
      },
    ],
  }
}
