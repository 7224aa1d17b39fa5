import type { Sentences } from '../language.ts'

/** Why one row of a file about units, people or places is not taken; the rest of the file is. */
export const PEOPLE_ROW_SENTENCES = {
  'organisation-not-yours': {
    zh: '第 {row} 行 {column}：“{value}”不在您可以修改的范围内，该单位保持原样；请由上级管理员办理，或改回现有内容。',
    en: 'Row {row}, {column}: “{value}” is not yours to change; the unit stays as it is. Ask an administrator above, or restore what it says at present.',
  },
  'staff-name-missing': {
    zh: '第 {row} 行缺少姓名（{column}），请补上。',
    en: 'Row {row} has no name ({column}); add it.',
  },
  'staff-unit-unknown': {
    zh: '第 {row} 行 {column}：本分公司没有单位“{value}”，请核对组织架构文件或改正单位编号。',
    en: 'Row {row}, {column}: the branch has no unit “{value}”; check the organisation file or correct the unit.',
  },
  'staff-role-unknown': {
    zh: '第 {row} 行 {column}：没有岗位“{value}”，请改用岗位表中的代码，多个岗位用 | 分隔。',
    en: 'Row {row}, {column}: there is no role “{value}”; use the codes of the roles, several divided by |.',
  },
  'staff-account-taken': {
    zh: '第 {row} 行 {column}：帐号“{value}”属于另一名人员，请换一个。',
    en: 'Row {row}, {column}: the account “{value}” is somebody else’s; choose another.',
  },
  'staff-elsewhere': {
    zh: '第 {row} 行 {column}：人员“{value}”目前属于其他分公司，请先由对方办理离岗。',
    en: 'Row {row}, {column}: “{value}” belongs to another branch at present; that one has to end the post first.',
  },
  'staff-own-post': {
    zh: '第 {row} 行 {column}：“{value}”是您本人，单位、岗位和期限须由其他管理员办理。',
    en: 'Row {row}, {column}: “{value}” is yourself; your unit, roles and dates are changed by another administrator.',
  },
  'staff-role-above-own': {
    zh: '第 {row} 行 {column}：岗位“{value}”的权限超出您在该单位的权限，请由上级管理员办理。',
    en: 'Row {row}, {column}: the role {value} allows more than you may in that unit; ask an administrator above.',
  },
  'staff-account-above-own': {
    zh: '第 {row} 行 {column}：该人员另有岗位不归您管理，帐号“{value}”须由上级管理员办理。',
    en: 'Row {row}, {column}: the person has a post that is not yours to manage; the account “{value}” is given by an administrator above.',
  },
  'staff-days-unreadable': {
    zh: '第 {row} 行 {column}：工作日“{value}”无法识别（应为 1–7 的组合），已按岗位默认值处理。',
    en: 'Row {row}, {column}: the working days “{value}” are no combination of 1–7; the default of the role is used.',
  },
  'staff-extension-unreadable': {
    zh: '第 {row} 行 {column}：分机号“{value}”不是 2 至 12 位数字，已保留原有分机号。',
    en: 'Row {row}, {column}: the extension “{value}” is not 2 to 12 digits; the one there was is kept.',
  },
  'dates-turned': {
    zh: '第 {row} 行 {column}：失效日期“{value}”早于生效日期，请改正。',
    en: 'Row {row}, {column}: the end “{value}” is before the start; correct it.',
  },
  'place-name-missing': {
    zh: '第 {row} 行缺少地点名称（{column}），请补上。',
    en: 'Row {row} has no name of the place ({column}); add it.',
  },
  'place-kind-unknown': {
    zh: '第 {row} 行 {column}：没有地点类型“{value}”，可用：town、village、community、compound、building。',
    en: 'Row {row}, {column}: there is no kind of place “{value}”; known: town, village, community, compound, building.',
  },
  'place-grid-unknown': {
    zh: '第 {row} 行 {column}：本分公司没有网格“{value}”，请核对组织架构文件或改正网格编号。',
    en: 'Row {row}, {column}: the branch has no grid “{value}”; check the organisation file or correct the grid.',
  },
  'account-unknown': {
    zh: '没有帐号 {account}；请先导入人员，或用 --branch 为还没有管理员的分公司开立。',
    en: 'There is no account {account}; import the staff first, or open it with --branch for a branch without an administrator.',
  },
} as const satisfies Sentences

export const PEOPLE_REFUSALS = {
  ...PEOPLE_ROW_SENTENCES,
  'dates-turned': {
    zh: '文件 {file} 第 {row} 行 {column}：失效日期“{value}”早于生效日期，请改正后重交。',
    en: '{file}, row {row}, {column}: the end “{value}” is before the start; correct it.',
  },
  'organisation-branch-missing': {
    zh: '组织架构文件 {file} 里没有分公司 {branch} 这一行（kind 为 branch），请补上后重交。',
    en: 'The organisation file {file} has no row of the branch {branch} (kind branch); add it.',
  },
  'organisation-kind-unknown': {
    zh: '文件 {file} 第 {row} 行 kind：没有层级“{value}”，可用：province、city、branch、zone、hall、grid。',
    en: '{file}, row {row}, kind: there is no level “{value}”; known: province, city, branch, zone, hall, grid.',
  },
  'organisation-name-missing': {
    zh: '文件 {file} 第 {row} 行 name：单位 {unit} 没有名称，请补上。',
    en: '{file}, row {row}, name: the unit {unit} has no name; add it.',
  },
  'organisation-circle': {
    zh: '文件 {file} 第 {row} 行 parent_id：单位 {unit} 的上级最终又指向它自己（{path}），请改正上级。',
    en: '{file}, row {row}, parent_id: the unit {unit} is above itself ({path}); correct its parent.',
  },
  'organisation-level-turned': {
    zh: '文件 {file} 第 {row} 行 parent_id：{kind} {unit} 不能隶属于 {parentKind} {parent}，请检查层级。',
    en: '{file}, row {row}, parent_id: a {kind} ({unit}) cannot belong to a {parentKind} ({parent}); check the levels.',
  },
  'organisation-parent-unknown': {
    zh: '文件 {file} 第 {row} 行 parent_id：文件里没有单位 {unit} 的上级 {parent}，请补上该单位或改正上级。',
    en: '{file}, row {row}, parent_id: {parent}, the parent of {unit}, is not in the file; add it or correct the parent.',
  },
  'organisation-outside-branch': {
    zh: '文件 {file} 第 {row} 行 unit_id：单位 {unit} 不在分公司 {branch} 之内，也不是它的上级，请移出文件或改正上级。',
    en: '{file}, row {row}, unit_id: the unit {unit} is neither inside the branch {branch} nor above it; remove it or correct its parent.',
  },
  'organisation-unit-elsewhere': {
    zh: '文件 {file} 第 {row} 行 unit_id：编号 {unit} 已是其他分公司的单位，请改用别的编号。',
    en: '{file}, row {row}, unit_id: {unit} is a unit of another branch already; use another id.',
  },
  'unit-elsewhere': {
    zh: '编号 {unit} 已被管理范围之外的单位使用，请改用别的编号。',
    en: 'The id {unit} is borne by a unit outside your scope; use another.',
  },
  'unit-dates-turned': {
    zh: '失效日期 {to} 早于生效日期 {from}，请改正。',
    en: 'The end {to} is before the start {from}; correct it.',
  },
  'person-elsewhere': {
    zh: '工号 {staff} 已被管理范围之外的人员使用，请改用别的工号。',
    en: 'The id {staff} is borne by a person outside your scope; use another.',
  },
  'branch-unknown': {
    zh: '找不到分公司 {branch}，或不在您的管理范围内。',
    en: 'There is no branch {branch} in your scope.',
  },
  'not-allowed': {
    zh: '您的岗位没有此权限（{action}），请联系分公司管理员。',
    en: 'Your role does not allow this ({action}); ask the administrator of the branch.',
  },
  'role-above-own': {
    zh: '岗位“{role}”的权限超出您在该单位的权限，请由上级管理员办理。',
    en: 'The role {role} allows more than you may in that unit; ask an administrator above.',
  },
  'own-post': {
    zh: '本人的单位、岗位和期限须由其他管理员办理。',
    en: 'Your own unit, roles and dates are changed by another administrator.',
  },
  'account-above-own': {
    zh: '该人员现在或以后的岗位权限超出您的权限，帐号须由有权设置密码的管理员办理。',
    en: 'The person has, now or later, a post that allows more than you may; an administrator who gives passwords there changes the account.',
  },
  'day-past': {
    zh: '{day} 已经过去（今天是 {today}），请选择今天或以后的日期。',
    en: '{day} is over (today is {today}); choose today or a later day.',
  },
  'rezoning-past': {
    zh: '{day} 已经过去（今天是 {today}），请选择今天或以后的日期。',
    en: '{day} is over (today is {today}); choose today or a later day.',
  },
  'rezoning-twice': {
    zh: '单位 {unit} 在一次调整中出现了两次，请合并。',
    en: 'The unit {unit} is named twice in one re-zoning; say it once.',
  },
  'rezoning-not-a-zone': {
    zh: '{unit} 不是片区（{kind}），不能在片区调整中撤销。',
    en: '{unit} is no zone but a {kind}; a re-zoning closes zones only.',
  },
  'zone-not-empty': {
    zh: '片区 {unit} 下还有 {units} 个单位、{people} 名人员，请先调出再撤销。',
    en: 'The zone {unit} still has {units} units and {people} people; move them first.',
  },
  'rezoning-unknown': {
    zh: '找不到片区调整 {rezoning}，或已经撤销。',
    en: 'There is no re-zoning {rezoning}, or it was undone.',
  },
  'rezoning-begun': {
    zh: '片区调整已于 {day} 生效，不能撤销；请再做一次调整。',
    en: 'The re-zoning holds since {day} and is not undone; publish another one.',
  },
  'rezoning-overtaken': {
    zh: '{day} 生效的片区调整之后又有修改，不能撤销；请再做一次调整。',
    en: 'Units of the re-zoning of {day} were changed since; publish another one instead.',
  },
  'post-unknown': {
    zh: '找不到人员 {staff} 的第 {post} 个兼任岗位，或不在您的管理范围内。',
    en: 'There is no post {post} of {staff} in your scope.',
  },
  'post-over': {
    zh: '{day} 已经过去；兼任岗位从今天或以后起新增、结束。',
    en: '{day} is over; posts begin and end today or later.',
  },
  'not-signed-in': {
    zh: '请先登录。',
    en: 'Sign in first.',
  },
  'passwords-off': {
    zh: '本系统已停用密码登录，请使用统一认证登录。',
    en: 'Passwords are switched off here; sign in through the identity provider.',
  },
  'sso-off': {
    zh: '本系统没有启用统一认证登录，请用帐号和密码登录。',
    en: 'There is no identity provider here; sign in with account and password.',
  },
  'sso-expired': {
    zh: '登录已超时或来自另一个浏览器，请重新登录。',
    en: 'The sign-in took too long or began in another browser; sign in again.',
  },
  'sso-failed': {
    zh: '统一认证没有通过，请重新登录；多次失败请联系认证平台管理员。',
    en: 'The identity provider did not confirm the sign-in; try again, and tell its administrator if it goes on.',
  },
  'provider-away': {
    zh: '认证平台没有响应，请稍后重试；有密码的帐号仍可用密码登录。',
    en: 'The identity provider does not answer; try again later. Accounts with a password still sign in with it.',
  },
  'identity-unknown': {
    zh: '您的主帐号还没有对应的系统帐号；请联系分公司管理员，在人员页关联主帐号或开通同名帐号。',
    en: 'Your main account is not linked to anybody here; ask the administrator of the branch to link it, or to open the account of the same name.',
  },
  'identity-not-permitted': {
    zh: '您的主帐号没有使用本系统的授权，请向认证平台管理员申请。',
    en: 'Your main account may not use this system; ask the administrator of the identity provider.',
  },
  'second-factor-not-proven': {
    zh: '您的岗位要求二次验证，而认证平台没有给出；请在认证平台开启，或用密码登录后在“我的帐号”里设置二次验证。',
    en: 'Your role takes a second factor, and the identity provider did not vouch for one; turn it on there, or set one up in your account here after signing in with a password.',
  },
  'identity-taken': {
    zh: '该主帐号已关联其他人员，或该人员已有主帐号；请先解除原关联。',
    en: 'This main account is somebody else’s, or the person has another; unlink that first.',
  },
  'logout-token-invalid': {
    zh: '退出通知无效（{fault}）。',
    en: 'The logout token is not valid ({fault}).',
  },
  'not-for-tokens': {
    zh: '此操作只能由本人登录后进行，不能使用服务令牌。',
    en: 'This is done by a person who is signed in, not with a service token.',
  },
  'token-not-valid': {
    zh: '服务令牌无效、已过期或已吊销；请向分公司管理员申请新的令牌。',
    en: 'The service token is unknown, has expired or was revoked; ask the administrator of the branch for a new one.',
  },
  'token-unknown': {
    zh: '找不到有效的服务令牌 {token}，或不在您的管理范围内。',
    en: 'There is no service token {token} in force in your scope.',
  },
  'token-days-too-many': {
    zh: '服务令牌的到期日必须在明天到一年之内（最晚 {latest}）。',
    en: 'A service token ends between tomorrow and a year from now, at the latest on {latest}.',
  },
  'token-action-not-given': {
    zh: '不能把权限“{action}”交给服务令牌：您自己没有，或该权限只给人员。',
    en: 'The permission “{action}” cannot be given to a token: you do not have it, or it is for people only.',
  },
  'sign-in-failed': {
    zh: '帐号或密码不正确。',
    en: 'The account or the password is wrong.',
  },
  'sign-in-too-often': {
    zh: '尝试次数过多，请 {seconds} 秒后再试。',
    en: 'Too many attempts; try again in {seconds} seconds.',
  },
  'sign-in-locked': {
    zh: '失败次数过多，已锁定；请联系管理员解锁，或 {hours} 小时后再试。',
    en: 'Too many failures: this is locked. Ask the administrator to unlock it, or try again in {hours} h.',
  },
  'password-expired': {
    zh: '初始密码已过期，请联系管理员重新设置。',
    en: 'The first password has expired; ask the administrator for another.',
  },
  'password-change-due': {
    zh: '密码由他人设置，请先修改密码。',
    en: 'Somebody else set your password; change it first.',
  },
  'second-factor-due': {
    zh: '请先输入动态验证码，完成登录。',
    en: 'Enter the code of your second factor first.',
  },
  'enrolment-due': {
    zh: '您的岗位须启用二次验证，请先启用。',
    en: 'Your role takes a second factor; set it up first.',
  },
  'second-factor-wrong': {
    zh: '验证码不正确或已用过；请等下一个验证码再试。',
    en: 'The code is wrong or was used before; wait for the next one and try again.',
  },
  'second-factor-unreadable': {
    zh: '无法读取您的二次验证密钥；请用恢复码登录，或联系管理员重置。',
    en: 'The secret of your second factor cannot be read; use a recovery code, or ask the administrator to reset it.',
  },
  'second-factor-set-up': {
    zh: '已启用二次验证；如需更换，请先停用。',
    en: 'A second factor is set up already; take it away first.',
  },
  'second-factor-missing': {
    zh: '没有待确认的二次验证，请重新开始。',
    en: 'There is no second factor to confirm; begin anew.',
  },
  'second-factor-required': {
    zh: '您的岗位须启用二次验证，不能停用；更换手机请联系管理员重置。',
    en: 'Your role takes a second factor; for another phone, ask the administrator to reset it.',
  },
  'own-account-elsewhere': {
    zh: '本人的密码和二次验证请在“我的帐号”中修改。',
    en: 'Change your own password and second factor in “My account”.',
  },
  'session-unknown': {
    zh: '该登录已经结束。',
    en: 'That session has ended.',
  },
  'sign-in-rules-too-loose': {
    zh: '{level} 要求岗位“{role}”启用二次验证，本级不能取消。',
    en: '{level} asks a second factor of the role “{role}”; that cannot be taken back here.',
  },
  'password-too-short': {
    zh: '密码太短：至少 {least} 个字符。',
    en: 'The password is too short: it takes {least} characters.',
  },
  'password-too-weak': {
    zh: '密码太容易被猜到：不能只是数字、重复或连续的字符，也不能是常见的密码。',
    en: 'The password is guessed too easily: not only digits, nothing repeated, consecutive or common.',
  },
  'password-personal': {
    zh: '密码不能包含您的帐号、姓名、手机号或单位名称。',
    en: 'The password must not contain your account, name, phone number or unit.',
  },
  'password-unchanged': {
    zh: '新密码与当前密码相同，请换一个。',
    en: 'The new password is the current one; choose another.',
  },
  'unit-unknown': {
    zh: '找不到单位 {unit}，或不在您的管理范围内。',
    en: 'There is no unit {unit} in your scope.',
  },
  'settings-not-here': {
    zh: '规则由分公司、市、省设置；{unit}（{kind}）没有自己的规则。',
    en: 'Settings are made for a branch, a city or a province; {unit} ({kind}) has none of its own.',
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
  'job-not-failed': {
    zh: '该任务不在未完成之列，可能已有人重试。请刷新后查看。',
    en: 'This job did not come to nothing, or somebody is trying it again; look anew.',
  },
} as const satisfies Sentences
