import { describe, expect, test } from 'vitest'
import { numberKind, numberText } from './values.ts'

const plain = numberKind(0, undefined)

describe('a number in a workbook', () => {
  test.each([
    { raw: '13800000000', text: '13800000000', because: 'a phone number has its digits' },
    { raw: '1.38E+10', text: '13800000000', because: 'also where the file writes an exponent' },
    { raw: '9007199254740991', text: '9007199254740991', because: '2^53 − 1 is exact' },
    {
      raw: '370686199001011000',
      text: '3.70686199001011E+17',
      because: 'its last digits are lost',
    },
    { raw: '98.700000000000003', text: '98.7', because: 'Excel shows 15 digits' },
    { raw: '-0.5', text: '-0.5', because: 'fees may be negative' },
    { raw: '-12', text: '-12', because: 'so may whole ones' },
    { raw: '1e-7', text: '1E-7', because: 'small ones keep their exponent' },
    { raw: 'abc', text: 'abc', because: 'what is no number is left alone' },
  ])('$raw is $text: $because', ({ raw, text }) => {
    expect(numberText(raw, plain, false)).toBe(text)
  })
})

describe('a number in the format of a date', () => {
  test.each([
    { id: 14, code: undefined, raw: '46346', text: '2026-11-20', because: 'built-in date' },
    {
      id: 22,
      code: undefined,
      raw: '46346.75',
      text: '2026-11-20 18:00:00',
      because: 'built-in both',
    },
    { id: 57, code: undefined, raw: '46346', text: '2026-11-20', because: 'Chinese built-in date' },
    { id: 31, code: undefined, raw: '46346', text: '2026-11-20', because: 'yyyy年m月d日' },
    { id: 20, code: undefined, raw: '0.5', text: '12:00:00', because: 'a time of day' },
    {
      id: 20,
      code: undefined,
      raw: '46346.5',
      text: '2026-11-20 12:00:00',
      because: 'a time that hides its day',
    },
    {
      id: 164,
      code: 'yyyy"年"m"月"d"日"',
      raw: '46346',
      text: '2026-11-20',
      because: 'quoted letters',
    },
    {
      id: 164,
      code: 'yyyy/m/d h:mm',
      raw: '46346.123456',
      text: '2026-11-20 02:57:47',
      because: 'rounded to seconds',
    },
    {
      id: 164,
      code: '[$-804]yyyy\\-mm\\-dd;@',
      raw: '46346',
      text: '2026-11-20',
      because: 'a locale in front',
    },
    {
      id: 164,
      code: '[h]:mm',
      raw: '1.5',
      text: '36:00:00',
      because: 'hours beyond a day',
    },
    { id: 164, code: 'mm-dd', raw: '46346.9', text: '2026-11-20', because: 'a date keeps its day' },
    {
      id: 164,
      code: '0.00"元/d"',
      raw: '98.5',
      text: '98.5',
      because: 'quoted letters are no date',
    },
    {
      id: 164,
      code: '#,##0.00;[Red]-#,##0.00',
      raw: '-1.5',
      text: '-1.5',
      because: 'a colour is no day',
    },
    { id: 164, code: 'General', raw: '46346', text: '46346', because: 'General has letters too' },
    {
      id: 164,
      code: '00000000',
      raw: '1234',
      text: '00001234',
      because: 'zeros in front are shown',
    },
    {
      id: 49,
      code: undefined,
      raw: '0012',
      text: '12',
      because: 'a text format does not change digits',
    },
    { id: 14, code: undefined, raw: '1', text: '1900-01-01', because: 'the first day' },
    {
      id: 14,
      code: undefined,
      raw: '59',
      text: '1900-02-28',
      because: 'before the day that never was',
    },
    { id: 14, code: undefined, raw: '60', text: '1900-02-29', because: 'Excel has it' },
    { id: 14, code: undefined, raw: '61', text: '1900-03-01', because: 'and after' },
    {
      id: 14,
      code: undefined,
      raw: '0',
      text: '1900-01-00',
      because: 'no date, as Excel shows it',
    },
    { id: 14, code: undefined, raw: '2958465', text: '9999-12-31', because: 'open end' },
    { id: 14, code: undefined, raw: '-1', text: '-1', because: 'no day at all' },
    { id: 14, code: undefined, raw: '2958466', text: '2958466', because: 'beyond the calendar' },
  ])('$raw under $id $code is $text: $because', ({ id, code, raw, text }) => {
    expect(numberText(raw, numberKind(id, code), false)).toBe(text)
  })

  test('counts from 1904 in workbooks of old Macs', () => {
    expect(numberText('44884', numberKind(14, undefined), true)).toBe('2026-11-20')
  })
})
