import { Form, Select } from 'antd'
import type { ReactNode } from 'react'
import type { Role } from '#contract/organisation.ts'
import { putSignInRules, readSignInRules } from '#contract/settings.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer, useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { Part } from '../../ui/PageTitle.tsx'
import { ROLES } from '../../words.ts'
import { RuleForm } from './RuleForm.tsx'

const WORDS = {
  title: { zh: '登录规则', en: 'Rules of signing in' },
  roles: { zh: '登录须二次验证的岗位', en: 'Roles that sign in with a second factor' },
  nobody: { zh: '没有岗位必须启用', en: 'No role has to' },
  hint: {
    zh: '这些岗位下次登录时须先启用；其他人可在“我的帐号”中自行启用。',
    en: 'They set it up at their next sign-in; everybody else may do so in “My account”.',
  },
  asked: { zh: '上级要求：{roles}（{level}）', en: 'Asked above: {roles} ({level})' },
} as const

/** Which roles take a second factor, at a unit and below it. */
export function SignInRule({ unitId }: { unitId: string }): ReactNode {
  const say = useSay()
  const rules = useAnswer(readSignInRules, { params: { unitId } })
  const save = useCommand(putSignInRules, { renews: [readSignInRules] })
  const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)
  const named = (role: string) => (isRole(role) ? say(ROLES[role]) : role)
  const options = Object.entries(ROLES).map(([value, name]) => ({ value, label: say(name) }))
  return (
    <Part title={say(WORDS.title)}>
      <Asked of={rules}>
        {({ inForce, limits }) => (
          <RuleForm
            inForce={inForce}
            save={save}
            send={(body) => save.mutate({ params: { unitId }, body })}
          >
            {limits.map(({ setting, by }) => (
              <p key={`${setting} ${by.zh}`}>
                {say(WORDS.asked, { roles: named(setting), level: say(by) })}
              </p>
            ))}
            <Form.Item name="secondFactorFor" label={say(WORDS.roles)} extra={say(WORDS.hint)}>
              <Select
                mode="multiple"
                options={options}
                placeholder={say(WORDS.nobody)}
                optionFilterProp="label"
                aria-label={say(WORDS.roles)}
              />
            </Form.Item>
          </RuleForm>
        )}
      </Asked>
    </Part>
  )
}
