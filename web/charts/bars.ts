import type { Mode } from '../ui/tokens.ts'
import { tokensOf } from '../ui/tokens.ts'
import type { Picture } from './engine.ts'

export type Bar = Readonly<{ key: string; name: string; value: number; marked?: boolean }>

/** Upright bars over time or places, from zero; marked ones stand out in amber. */
export function barPicture(
  bars: readonly Bar[],
  mode: Mode,
  say: (value: number) => string,
): Picture {
  const colours = tokensOf(mode)
  return {
    grid: { left: 8, right: 8, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'item',
      valueFormatter: (value: unknown) => say(Number(value)),
    },
    xAxis: {
      type: 'category',
      data: bars.map(({ name }) => name),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.quiet },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: colours.quiet, formatter: (value: number) => say(value) },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 36,
        label: {
          show: bars.length <= 16,
          position: 'top',
          color: colours.text,
          formatter: ({ value }: { value: unknown }) => say(Number(value)),
        },
        data: bars.map(({ key, value, marked }) => ({
          key,
          value,
          itemStyle: { color: marked ? colours.soon : colours.accent },
        })),
      },
    ],
  }
}
