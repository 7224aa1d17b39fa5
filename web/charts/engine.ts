import { BarChart, FunnelChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type Mode, tokensOf } from '../ui/tokens.ts'

use([
  BarChart,
  FunnelChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
])

/** What a picture shows, as ECharts wants it; made by the pure functions beside this file. */
export type Picture = EChartsCoreOption

export type Drawing = Readonly<{ save: (name: string) => void; close: () => void }>

/** Draws into `place`, follows its size, and tells `open` the key of what is clicked. */
export function draw(
  place: HTMLElement,
  picture: Picture,
  mode: Mode,
  open?: (key: string) => void,
): Drawing {
  const chart = init(place)
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(place).fontFamily },
    ...picture,
  })
  if (open)
    chart.on('click', ({ data, name }) => {
      const key = (data as { key?: unknown } | undefined)?.key
      open(typeof key === 'string' ? key : name)
    })
  const size = new ResizeObserver(() => chart.resize())
  size.observe(place)
  return {
    save: (name) => {
      const link = document.createElement('a')
      link.href = chart.getDataURL({
        type: 'png',
        pixelRatio: 2,
        backgroundColor: tokensOf(mode).surface,
      })
      link.download = `${name}.png`
      link.click()
    },
    close: () => {
      size.disconnect()
      chart.dispose()
    },
  }
}
