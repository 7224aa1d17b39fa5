import { LunarDay, SolarDay } from 'tyme4ts'
import type { Day } from '#platform/day.ts'
import type { Named } from './named.ts'

/** The day by the farmers’ calendar, `正月初一`, and the solar term that begins on it. */
export function lunarOf(day: Day): Readonly<{ lunar: string; solarTerm: Named | null }> {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const solar = SolarDay.fromYmd(year, month, date)
  const lunarDay = solar.getLunarDay()
  const term = solar.getTermDay()
  const zh = term.getSolarTerm().getName()
  return {
    lunar: `${lunarDay.getLunarMonth().getName()}${lunarDay.getName()}`,
    solarTerm: term.getDayIndex() === 0 ? { zh, en: TERMS[zh] ?? zh } : null,
  }
}

/** The first day of the farmers’ year, 正月初一, that falls in a year. */
export function springFestivalOf(year: number): Day {
  const solar = LunarDay.fromYmd(year, 1, 1).getSolarDay()
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${solar.getYear()}-${pad(solar.getMonth())}-${pad(solar.getDay())}`
}

const TERMS: Readonly<Record<string, string>> = {
  小寒: 'Minor Cold',
  大寒: 'Major Cold',
  立春: 'Start of Spring',
  雨水: 'Rain Water',
  惊蛰: 'Awakening of Insects',
  春分: 'Spring Equinox',
  清明: 'Clear and Bright',
  谷雨: 'Grain Rain',
  立夏: 'Start of Summer',
  小满: 'Grain Buds',
  芒种: 'Grain in Ear',
  夏至: 'Summer Solstice',
  小暑: 'Minor Heat',
  大暑: 'Major Heat',
  立秋: 'Start of Autumn',
  处暑: 'End of Heat',
  白露: 'White Dew',
  秋分: 'Autumn Equinox',
  寒露: 'Cold Dew',
  霜降: 'Frost Descent',
  立冬: 'Start of Winter',
  小雪: 'Minor Snow',
  大雪: 'Major Snow',
  冬至: 'Winter Solstice',
}
