import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

/** The village of the zone with most lapsed, to the nth, who have not been asked. */
async function villageOf({ page }: Visit, nth: number): Promise<{ place: string; name: string }> {
  return page.evaluate(async (at) => {
    const path = '/api/v1/branches/370686/lapsed-places'
    const { places } = (await (await fetch(path)).json()) as {
      places: { place: string | null; placeName: string; lapsed: number; asked: number }[]
    }
    const free = places.filter(({ place, lapsed, asked }) => place && lapsed > 3 && asked === 0)
    return { place: free[at]?.place ?? '', name: free[at]?.placeName ?? '' }
  }, nth)
}

test.each([
  { width: 1440, language: 'zh' },
  { width: 390, language: 'en' },
] as const)(
  'a zone manager narrows the register to a village, records two reasons and plans a sweep ($width $language)',
  async (as) => {
    const zh = as.language === 'zh'
    await using agent = await county.open(as)
    const { page } = agent
    await agent.signIn('pianqu1', '/base/lapsed')
    await page.getByRole('heading', { name: zh ? '失效登记' : 'Lapsed register' }).waitFor()
    const { name } = await villageOf(agent, as.width === 390 ? 1 : 0)
    await agent.picture('lapsed')
    const villages = page.getByRole('region', { name: zh ? '按村和社区' : 'By village' })
    await villages.getByRole('row', { name }).first().click()
    const buildings = page.getByRole('region', {
      name: zh ? `${name}的楼栋` : `Buildings of ${name}`,
    })
    await buildings.waitFor()
    const list = page.getByRole('region', { name: zh ? '失效用户' : 'Subscribers who lapsed' })
    const unasked = list.getByText(zh ? '还没有人问' : 'Nobody has asked')
    // The lines of before stay until those of the village are there.
    await expect.poll(() => unasked.count()).toBeLessThan(50)
    const before = await unasked.count()
    expect(before).toBeGreaterThan(3)
    await agent.picture('lapsed-village')

    const reasons = [
      zh ? ['价格', '嫌贵'] : ['Price', 'too dear'],
      zh ? ['外出', '外出打工'] : ['Away', 'for work'],
    ]
    for (const [at, [reason = '', detail = '']] of reasons.entries()) {
      await unasked.first().click()
      const file = page.getByRole('dialog').first()
      await file.getByRole('button', { name: zh ? '登记原因' : 'Record the reason' }).click()
      const asking = page.getByRole('dialog', { name: zh ? '登记失效原因' : 'Record why' })
      await asking.getByText(reason, { exact: true }).click()
      await asking.getByText(detail, { exact: true }).click()
      await asking
        .getByLabel(zh ? '依据' : 'Where it is from')
        .fill(zh ? '本人在门口说' : 'said at the door')
      if (at === 0) await agent.picture('lapse-reason')
      await asking.getByRole('button', { name: zh ? /保 ?存/ : 'Save' }).click()
      await file.getByText(zh ? '以此为准' : 'stands').waitFor()
      if (at === 0) await agent.picture('lapse-file')
      await page.keyboard.press('Escape')
      await expect.poll(() => unasked.count()).toBe(before - at - 1)
    }

    await page.getByRole('button', { name: zh ? '安排走访' : 'Plan a sweep' }).click()
    const plan = page.getByRole('dialog', { name: zh ? '安排扫楼扫村' : 'Plan a sweep' })
    await plan.getByText(zh ? '一个人' : 'A person', { exact: true }).click()
    await plan
      .getByLabel(zh ? '一个人' : 'A person', { exact: true })
      .last()
      .click()
    await page.locator('.ant-select-item-option').first().click()
    await agent.picture('sweep-plan')
    await plan.getByRole('button', { name: zh ? /^安 ?排$/ : 'Plan', exact: !zh }).click()
    await page.getByRole('heading', { name: zh ? '扫楼扫村' : 'Sweeps' }).waitFor()
    const sweep = page.getByRole('row', { name }).first()
    await sweep.getByText(zh ? '唤醒 2' : '2 to wake').waitFor()
    await agent.picture('sweeps')

    const members = await sweep.getByRole('link').nth(1).textContent()
    await sweep.getByRole('link').nth(1).click()
    const gone = page.getByRole('region', {
      name: zh ? '这次走访的用户' : 'Whom the sweep goes to',
    })
    await gone
      .getByText(zh ? '下次走访' : 'Sweep on')
      .first()
      .waitFor()
    expect(await gone.locator('tbody tr').count()).toBe(Number(members))
    await agent.picture('sweep-members')
    await page.goBack()

    await sweep.getByRole('button', { name: zh ? '取消安排' : 'Call off' }).click()
    await page.locator('.ant-popover').getByRole('button').last().click()
    await sweep.getByText(zh ? '已取消' : 'Called off').waitFor()
    expect(agent.errors).toEqual([])
  },
)
