import { expect, test } from 'vitest'
import { daysText } from './weekdays.ts'

test.each([
  { days: '1234567', zh: '每天', en: 'every day', because: 'nobody counts to seven' },
  { days: '12345', zh: '周一至周五', en: 'Mon–Fri', because: 'days in a row are a span' },
  { days: '67', zh: '周六、周日', en: 'Sat, Sun', because: 'two days are named' },
  {
    days: '1357',
    zh: '周一、周三、周五、周日',
    en: 'Mon, Wed, Fri, Sun',
    because: 'there are gaps',
  },
  { days: '', zh: '–', en: '–', because: 'nothing is said' },
])('$days are $en: $because', ({ days, zh, en }) => {
  expect(daysText(days)).toEqual({ zh, en })
})
