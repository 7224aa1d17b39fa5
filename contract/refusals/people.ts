import type { Sentences } from '../language.ts'

export const PEOPLE_REFUSALS = {
  'branch-unknown': {
    zh: '找不到分公司 {branch}，或不在您的管理范围内。',
    en: 'There is no branch {branch} in your scope.',
  },
  'not-allowed': {
    zh: '您的岗位没有此权限（{action}），请联系分公司管理员。',
    en: 'Your role does not allow this ({action}); ask the administrator of the branch.',
  },
  'not-signed-in': {
    zh: '请先登录。',
    en: 'Sign in first.',
  },
  'sign-in-failed': {
    zh: '帐号或密码不正确。',
    en: 'The account or the password is wrong.',
  },
  'sign-in-too-often': {
    zh: '尝试次数过多，请 {seconds} 秒后再试。',
    en: 'Too many attempts; try again in {seconds} seconds.',
  },
  'password-too-weak': {
    zh: '密码太弱：{detail}。',
    en: 'The password is too weak: {detail}.',
  },
  'unit-unknown': {
    zh: '找不到单位 {unit}，或不在您的管理范围内。',
    en: 'There is no unit {unit} in your scope.',
  },
  'unit-circle': {
    zh: '单位 {unit} 的上级最终又指向它自己（{path}），请改正上级。',
    en: 'Unit {unit} is above itself ({path}); correct its parent.',
  },
  'unit-level-turned': {
    zh: '{kind} {unit} 不能隶属于 {parentKind} {parent}，请检查层级。',
    en: 'A {kind} ({unit}) cannot belong to a {parentKind} ({parent}); check the levels.',
  },
  'staff-unknown': {
    zh: '找不到人员 {staff}，或不在您的管理范围内。',
    en: 'There is no person {staff} in your scope.',
  },
  'account-taken': {
    zh: '帐号 {account} 已被使用，请换一个。',
    en: 'The account {account} is taken; choose another.',
  },
  'sort-unknown': {
    zh: '不能按“{sort}”排序；可用：{known}。',
    en: 'Cannot sort by “{sort}”; known: {known}.',
  },
  'cursor-unreadable': {
    zh: '翻页标记无效，请从第一页重新开始。',
    en: 'The page mark is not valid; start again from the first page.',
  },
  'job-unknown': {
    zh: '找不到任务 {job}。',
    en: 'There is no job {job}.',
  },
} as const satisfies Sentences
