import { type Branch, openBranch, type Person } from './branch.ts'
import { deliver } from './extract.ts'
import { importRows } from './import-rows.ts'

/** A village with two buildings of the first zone, and a village of the second. */
export const VILLAGE = '370686001001'
export const FAR_VILLAGE = '370686002001'
export const BUILDINGS = [`${VILLAGE}-1`, `${VILLAGE}-2`] as const
const PLACES = [
  ['370686001', '翠屏街道', 'town', '370686-H01-G1'],
  [VILLAGE, '翠京社区', 'community', '370686-H01-G1'],
  [BUILDINGS[0], '1号楼', 'building', '370686-H01-G1'],
  [BUILDINGS[1], '2号楼', 'building', '370686-H01-G1'],
  [FAR_VILLAGE, '国路夼村', 'village', '370686-H02-G1'],
] as const

export type Line = Readonly<{
  id: string
  end: string
  place?: string
  status?: string
  fee?: string
}>

/** A branch with places, whose nights a test brings line by line. */
export type LapsedBranch = Branch &
  Readonly<{
    /** What an extract says on a day, in place of what it said on that day before. */
    night(date: string, lines: readonly Line[]): Promise<void>
    ask<T = unknown>(who: Person, path: string): Promise<T>
    /** Sends a command; answers its status and its code, or what it answered. */
    tell(who: Person, path: string, body: object): Promise<{ status: number; body: unknown }>
  }>

export async function openLapsedBranch(instant: string): Promise<LapsedBranch> {
  const branch = await openBranch(instant)
  await importRows(branch, {
    kind: 'places',
    date: '2026-11-01',
    rows: PLACES.map(([division_code, name, kind, grid_id]) => ({
      ...{ division_code, name, kind, grid_id },
    })),
  })
  const root = `/branches/${branch.branchId}`
  return {
    ...branch,
    night: async (date, lines) => {
      const rows = lines.map(
        ({ id, end, place = VILLAGE, status = '在网', fee = '59.00' }, at) => ({
          ...{
            用户编号: id,
            用户状态: status,
            客户名称: `王某${at}`,
            联系电话: `1395350${1000 + at}`,
          },
          ...{ 村居编码: place, 主产品细类: '宽带', 套餐名称: '畅享59', '套餐月费(元)': fee },
          ...{
            装机地址: place ? `翠屏街道翠京社区1号楼1单元${100 + at}室` : `老厂区${at}号`,
            合约失效时间: end,
          },
        }),
      )
      await deliver(branch, rows, { date, force: '测试数据' })
    },
    ask: async <T>(who: Person, path: string) => {
      const { status, body } = await branch.get(`${root}${path}`, who)
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
      return body as T
    },
    tell: (who, path, body) => branch.post(`${root}${path}`, who, body),
  }
}
