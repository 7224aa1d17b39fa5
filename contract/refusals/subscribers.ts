import type { Sentences } from '../language.ts'

/** What a report says of cells and rows of a delivered file; holes: column, row, value, count. */
export const CELL_SENTENCES = {
  'row-key-missing': {
    zh: '缺少主键列“{column}”的值，无法识别这一行；请补上后重交。',
    en: 'The key column “{column}” is empty, so the row cannot be told from others; fill it in.',
  },
  'value-missing': {
    zh: '必填列“{column}”为空；请补上后重交。',
    en: 'The column “{column}” must be filled and is empty; fill it in.',
  },
  'number-damaged': {
    zh: '“{column}”的长号码已被 Excel 改成科学计数法（{value}）；请把该列设为文本后重新导出。',
    en: '“{column}”: a spreadsheet turned the long number into {value}; export the column as text.',
  },
  'number-unreadable': {
    zh: '“{column}”的值 {value} 不是数字；请改正。',
    en: '“{column}”: {value} is not a number; correct it.',
  },
  'value-negative': {
    zh: '“{column}”的值 {value} 为负数，不予采信；请核对金额或数量。',
    en: '“{column}”: {value} is below zero and is not believed; check it.',
  },
  'value-too-small': {
    zh: '“{column}”的值 {value} 过小，不予采信；请核对。',
    en: '“{column}”: {value} is too small to be believed; check it.',
  },
  'share-out-of-range': {
    zh: '“{column}”的值 {value} 不在 0 到 1 之间；请核对单位。',
    en: '“{column}”: {value} is not between 0 and 1; check the unit.',
  },
  'date-unreadable': {
    zh: '“{column}”的值 {value} 不是日期；请改为 2026-11-20 或 20261120 的写法，或在方案里指定日期格式。',
    en: '“{column}”: {value} is no date; write 2026-11-20 or 20261120, or name the format in the profile.',
  },
  'date-too-old': {
    zh: '“{column}”的日期 {value} 早于 1950 年，不予采信；请核对。',
    en: '“{column}”: {value} is before 1950 and is not believed; check it.',
  },
  'month-unreadable': {
    zh: '“{column}”的值 {value} 不是月份；请改为 202611 或 2026-11 的写法。',
    en: '“{column}”: {value} is no month; write 202611 or 2026-11.',
  },
  'bool-unreadable': {
    zh: '“{column}”的值 {value} 不是“是/否”；请改为 是/否 或 1/0，或在方案里加值映射。',
    en: '“{column}”: {value} is neither yes nor no; write 1 or 0, or map the value in the profile.',
  },
  'phone-invalid': {
    zh: '“{column}”的号码 {value} 无效（应为 3–20 位数字）；请核对。',
    en: '“{column}”: {value} is no phone number (3 to 20 digits); check it.',
  },
  'code-unknown': {
    zh: '“{column}”的值 {value} 不在代码表中；请改正，或在方案里加值映射。',
    en: '“{column}”: {value} is not a known code; correct it, or map the value in the profile.',
  },
  'columns-unknown': {
    zh: '以下列没有对应的标准列，未导入：{columns}。',
    en: 'These columns match no column of this kind of file and were left out: {columns}.',
  },
  'columns-custom': {
    zh: '以下列没有对应的标准列，已作为自定义列保留：{columns}。',
    en: 'These columns match no canonical column and were kept as columns of the branch’s own: {columns}.',
  },
  'profile-column-absent': {
    zh: '方案里的列“{column}”不在文件中。',
    en: 'The profile names a column “{column}” that the file does not have.',
  },
  'cells-not-delivered': {
    zh: '“{column}”有 {count} 个值读不出来，按未提供处理。{detail}例如第 {row} 行。',
    en: '“{column}”: {count} values could not be used and count as not delivered. {detail} For example row {row}.',
  },
  'erased-again': {
    zh: '文件中有 {count} 个用户已按本人要求删除个人信息，其姓名、号码、地址等未予保存；请一并通知 BSS 侧处理。',
    en: 'The file brings {count} subscribers whose personal data were erased at their request; names, numbers and addresses were not taken. Tell the BSS as well.',
  },
  'place-unknown': {
    zh: '{count} 个用户的地址在组织的地点表里找不到，暂归分公司。例如编号 {subscriber}；请补充 places 文件。',
    en: '{count} subscribers have an address that is no known place and belong to the branch for now, e.g. {subscriber}; add the places.',
  },
  'places-missing': {
    zh: '本分公司还没有导入地点（places），所有用户暂归分公司；请导入 places 文件。',
    en: 'The branch has no places yet, so all subscribers belong to the branch for now; import its places.',
  },
  'household-unknown': {
    zh: '{count} 行的地址无法对应到家庭，例如第 {row} 行；请补充门牌号或家庭编号。',
    en: '{count} rows have an address that names no home, e.g. row {row}; add the door number or the household.',
  },
  'row-count-forced': {
    zh: '行数由 {before} 变为 {rows}（{share}%），按“{reason}”强制导入。',
    en: 'The rows moved from {before} to {rows} ({share}%), and were taken because: {reason}.',
  },
  'date-not-in-file': {
    zh: '文件里没有账期列，无法核对数据日期 {date}。',
    en: 'The file has no column of the data date, so {date} could not be checked.',
  },
  'proposed-by-name': { zh: '列名与“{column}”一致', en: 'The header is the name of “{column}”' },
  'proposed-by-alias': { zh: '列名是“{column}”的别名', en: 'The header is an alias of “{column}”' },
  'proposed-by-remark': {
    zh: '去掉括号说明后与“{column}”一致',
    en: 'But for the remark in brackets the header is “{column}”',
  },
  'proposed-by-similar': {
    zh: '列名与“{column}”相近，请确认',
    en: 'The header resembles “{column}”; confirm it',
  },
  'proposed-by-profile': { zh: '由方案指定为“{column}”', en: 'The profile maps it to “{column}”' },
  'proposed-by-nothing': {
    zh: '没有对应的标准列，将作为自定义列保留或忽略',
    en: 'No canonical column matches; it is kept as a column of the branch’s own, or left out',
  },
  'earlier-day': {
    zh: '已有 {latest} 的快照，用户卡片保持不变，本次只补入 {date} 的历史。',
    en: 'There is a snapshot of {latest} already: the cards stay, and {date} is added to the history.',
  },
} as const satisfies Sentences

export const SUBSCRIBERS_REFUSALS = {
  'upload-too-large': {
    zh: '文件超过 {limit} 的上限，请改用命令行导入，或压缩为 gzip。',
    en: 'The file is over the limit of {limit}; import it with the command line, or gzip it.',
  },
  'upload-missing': {
    zh: '没有收到文件，请选择一个文件。',
    en: 'No file arrived; choose one.',
  },
  'upload-unknown': {
    zh: '找不到上传的文件 {upload}，请重新上传。',
    en: 'There is no upload {upload}; upload the file again.',
  },
  'profile-unknown': {
    zh: '找不到列映射方案 {profile}。',
    en: 'There is no profile {profile}.',
  },
  'profile-invalid': {
    zh: '列映射方案无效：{detail}。',
    en: 'The profile is not valid: {detail}.',
  },
  'left-out-gone': {
    zh: '{date} 被剔除行的文件已过保存期，不能再下载；请重新导入该文件。',
    en: 'The rows left out on {date} are kept no longer; import the file again to have them.',
  },
  'import-unknown': {
    zh: '找不到导入记录 {import}。',
    en: 'There is no import {import}.',
  },
  'import-not-last': {
    zh: '{date} 之后还有导入，只能先撤回最近一次。',
    en: 'There is a later import than {date}; withdraw the latest first.',
  },
  'import-withdrawn': {
    zh: '该次导入已撤回。',
    en: 'This import is withdrawn already.',
  },
  'subscriber-unknown': {
    zh: '找不到用户 {subscriber}，或不在您的管理范围内。',
    en: 'There is no subscriber {subscriber} in your scope.',
  },
  'columns-missing': {
    zh: '{file} 缺少必需列：{missing}；文件中的列有：{found}。请补齐该列，或用方案指定对应的列。',
    en: '{file} lacks the required columns {missing}; it has {found}. Add them, or map them with a profile.',
  },
  'row-count-moved': {
    zh: '{file} 有 {rows} 行，上次为 {before} 行，变动 {share}% 超过 {limit}%。请核对文件；确认无误后填写原因强制导入。',
    en: '{file} has {rows} rows where the last had {before}: {share}% is over {limit}%. Check the file; force it with a reason if it is right.',
  },
  'date-differs': {
    zh: '{file} 第 {row} 行的账期是 {found}，与 --date {date} 不符，请核对日期或文件。',
    en: '{file}, row {row} says {found}, not --date {date}; check the date or the file.',
  },
  'import-not-withdrawable': {
    zh: '{kind} 类文件不能撤回；请重新导入正确的文件。',
    en: 'A file of kind {kind} cannot be withdrawn; import the right one instead.',
  },
  'import-date-missing': {
    zh: '请用 --date 指定数据日期（YYYY-MM-DD）；{date} 不是有效日期。',
    en: 'Name the data date with --date (YYYY-MM-DD); {date} is no day.',
  },
  'no-snapshot': {
    zh: '分公司 {branch} 在 {day} 之前没有用户数据，请先导入 subscribers 文件。',
    en: 'The branch {branch} has no snapshot of its subscribers up to {day}; import subscribers first.',
  },
  'snapshot-damaged': {
    zh: '快照 {snapshot} 与其清单不符，已停止使用；请撤回该日数据后重新导入，或从备份恢复。',
    en: 'The snapshot {snapshot} does not match its manifest and is not used; withdraw that day and import it again, or restore a backup.',
  },
  'unmask-not-yours': {
    zh: '用户 {subscriber} 不在您今天的清单上；请选择其他用途并说明原因。',
    en: 'The subscriber {subscriber} is not on your list of today; state another purpose, and why.',
  },
  'unmask-note-missing': {
    zh: '请说明查看明文或呼叫的原因，例如工单号。',
    en: 'Say why you need the clear text, or call, such as the number of the case.',
  },
  'alarm-unknown': {
    zh: '没有这条异常提醒，请刷新列表后再试。',
    en: 'There is no such alarm; open the list again.',
  },
  'alarm-own': {
    zh: '不能核查关于本人的提醒，请由上级或审计人员核查。',
    en: 'Nobody looks into an alarm about themselves; leave it to who leads you or to an auditor.',
  },
  'unmask-limit': {
    zh: '今天查看明文已达上限 {limit} 户（本人清单之外）；请明天再查，或请主管办理。',
    en: 'You have seen {limit} subscribers in clear text today outside your own list, which is the most; wait until tomorrow, or ask your manager.',
  },
  'number-misses': {
    zh: '今天已有 {limit} 次按完整号码查找没有结果，今天不能再按完整号码查找；请用编号、号码后四位、地址或姓名查找，或明天再查。',
    en: 'Today {limit} whole numbers were looked for that nobody has, and no more are today; search by id, last four digits, address or name, or wait until tomorrow.',
  },
  'call-off': {
    zh: '本系统没有接入话务平台，不能直接呼叫；需要号码时请查看明文，接入请联系系统管理员。',
    en: 'No call platform is connected to this installation, so nobody can be called from here; show the number in clear, or ask whoever runs the installation to connect one.',
  },
  'call-extension-missing': {
    zh: '您还没有分机号，话务平台不知道该先呼叫哪里；请所在单位的管理员在“组织与人员”中为您填写。',
    en: 'You have no extension, so the call platform does not know where to ring you; ask the administrator of your unit to enter it under “Organisation”.',
  },
  'call-quiet-hours': {
    zh: '现在是不打扰时段，不能呼叫用户；请在时段结束后再拨。客户在线或已投诉的，可在用户画像中选择相应用途呼叫。',
    en: 'These are the quiet hours, in which no subscriber is called; call when they are over. If the customer is on the line or has complained, call from the portrait with that purpose.',
  },
  'call-number-missing': {
    zh: '数据中没有用户 {subscriber} 的号码，无法呼叫；可上门核实，或登记个人信息更正。',
    en: 'No number of the subscriber {subscriber} was delivered; visit them, or record a correction with the number.',
  },
  'call-person-erased': {
    zh: '用户 {subscriber} 的个人信息已应本人要求删除，不能再呼叫。',
    en: 'The personal data of {subscriber} is erased at their request; they are not called any more.',
  },
  'call-tried': {
    zh: '这次呼叫已经提交过，不会重复振铃；如未接通，请重新点“呼叫”。',
    en: 'This call was tried already and does not ring twice; if nobody was connected, press “Call” anew.',
  },
  'call-gateway-failed': {
    zh: '话务平台没有接受这次呼叫（{because}）；请稍后重拨，仍不行请联系系统管理员。',
    en: 'The call platform did not take the call ({because}); call again in a while, and tell whoever runs the installation if it goes on.',
  },
  'call-gateway-slow': {
    zh: '话务平台没有及时答复，可能仍会振铃；请等一会儿，没有振铃再重拨。',
    en: 'The call platform did not answer in time, and may yet ring; wait a moment, and call again if it does not.',
  },
  'unmask-rules-too-loose': {
    zh: '{level}规定每人每天最多查看 {limit} 户，下级不能放宽。',
    en: '{level} allows {limit} a person and day; nobody below can allow more.',
  },
  'export-unknown': {
    zh: '找不到导出申请 {export}，或不在您的管理范围内。',
    en: 'There is no export {export} in your scope.',
  },
  'export-needs-approval': {
    zh: '含明文个人信息的文件须由第二人批准；请在“导出审批”中申请。',
    en: 'A file with personal data in clear text takes a second person’s approval; ask for it under “Exports”.',
  },
  'export-own-request': {
    zh: '不能审批本人的申请，请由另一人办理。',
    en: 'Nobody decides on the own request; somebody else has to.',
  },
  'second-person-tied': {
    zh: '申请人与您在最近 30 天内，一方为另一方设置过岗位、帐号或密码，不能由您审批；请由另一位有审批权限的人办理。',
    en: 'Within the last 30 days one of you, whoever asks and yourself, gave the other a post, an account or a password; somebody else who may approve has to decide.',
  },
  'export-decided': {
    zh: '该申请已处理或已过期（{state}）。',
    en: 'This request is decided already, or has lapsed ({state}).',
  },
  'export-not-ready': {
    zh: '文件还不能下载（{state}）。',
    en: 'The file cannot be downloaded ({state}).',
  },
  'export-not-yours': {
    zh: '只有申请人本人可以下载。',
    en: 'Only whoever asked for it can download it.',
  },
  'export-too-large': {
    zh: '超过一次导出的上限 {limit} 行；请在页面上方换一个下级单位，或加上状态、合约条件。',
    en: 'More than the {limit} rows of one export; choose a unit below on top of the page, or narrow it by state or contract.',
  },
  'correction-unknown': {
    zh: '找不到更正 {correction}，或不在您的管理范围内。',
    en: 'There is no correction {correction} in your scope.',
  },
  'correction-erased': {
    zh: '用户 {subscriber} 的个人信息已删除，不再登记更正。',
    en: 'The personal data of {subscriber} is erased; there is nothing to correct.',
  },
  'correction-phone-unreadable': {
    zh: '读不出这个号码，请填写 5 至 20 位数字。',
    en: 'This number cannot be read; give 5 to 20 digits.',
  },
  'correction-same': {
    zh: '与现有内容相同，无需更正。',
    en: 'This is what is kept already.',
  },
  'correction-ended': {
    zh: '该更正已结束。',
    en: 'This correction has ended.',
  },
  'erasure-unknown': {
    zh: '找不到删除申请 {erasure}，或不在您的管理范围内。',
    en: 'There is no request for erasure {erasure} in your scope.',
  },
  'erasure-under-contract': {
    zh: '用户 {subscriber} 仍在网，合同须继续履行，暂不能删除。可先在画像中登记退订营销和个性化推荐，离网后再删除。',
    en: 'The subscriber {subscriber} is still under contract, which has to be performed, so nothing can be erased yet. Record the opt-out from marketing and personalised offers on the portrait now, and erase after the contract.',
  },
  'erasure-owes': {
    zh: '用户 {subscriber} 尚欠费 {yuan} 元，结清前不能删除。可先在画像中登记退订营销。',
    en: 'The subscriber {subscriber} still owes ¥{yuan}; nothing can be erased before it is paid. Record the opt-out from marketing on the portrait meanwhile.',
  },
  'erasure-asked': {
    zh: '用户 {subscriber} 已有删除申请，或已经删除。',
    en: 'The erasure of {subscriber} is asked for already, or done.',
  },
  'erasure-own-request': {
    zh: '不能审批本人登记的申请，请由另一人办理。',
    en: 'Nobody decides on the own request; somebody else has to.',
  },
  'erasure-decided': {
    zh: '该申请已处理。',
    en: 'This request is decided already.',
  },
  'erasure-note-missing': {
    zh: '驳回时请写明答复用户的理由。',
    en: 'Say what the person is told where the request is declined.',
  },
  'rejects-none': {
    zh: '该次导入没有这样的行。',
    en: 'This import has no such rows.',
  },
} as const satisfies Sentences
