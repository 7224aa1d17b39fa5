import type { Sentences } from '../language.ts'

/** Refusals that any call may meet, whatever the module. */
export const PLATFORM_REFUSALS = {
  'malformed-request': {
    zh: '请求格式不正确：{detailZh}。请按提示修改后重试。',
    en: 'The request is malformed: {detailEn}. Correct it and try again.',
  },
  'unknown-field': {
    zh: '没有名为 {field} 的字段；可用：{known}。请改正后重试。',
    en: 'There is no field {field}; known here: {known}. Correct it and try again.',
  },
  'no-such-address': {
    zh: '地址 {path} 不存在，请检查链接。',
    en: 'There is nothing at {path}; check the link.',
  },
  'body-too-large': {
    zh: '内容超过 {limit} 的上限，请改用命令行或分批提交。',
    en: 'The content is over the limit of {limit}; use the command line or send it in parts.',
  },
  'cross-site': {
    zh: '该请求来自其他网站，未执行。请在本系统的页面上操作。',
    en: 'This request came from another site and was not carried out; use the pages of this system.',
  },
  'too-many-requests': {
    zh: '请求过于频繁，请在 {seconds} 秒后重试。',
    en: 'Too many requests; try again in {seconds} s.',
  },
  'json-too-deep': {
    zh: '内容嵌套超过 {limit} 层，请减少层数。',
    en: 'The content is nested over {limit} levels deep; make it flatter.',
  },
  'question-too-long': {
    zh: '查询超过 {limit} 秒，已中止。请缩小范围后重试。',
    en: 'The question took over {limit} s and was stopped; narrow it and try again.',
  },
  'call-undone': {
    zh: '处理超过 {limit} 秒，已全部撤销，没有任何更改。请稍后重试。',
    en: 'This took over {limit} s and was undone; nothing is changed. Try again later.',
  },
  'maybe-done': {
    zh: '超过 {limit} 秒没有结果，可能已经完成。请先查看，再决定是否重试。',
    en: 'There was no result after {limit} s; it may be done. Look first, then try again.',
  },
  'changed-meanwhile': {
    zh: '有人在同一时刻保存了同一内容，本次操作未完成。请查看最新内容后重试。',
    en: 'Somebody saved the same thing at the same moment, and this was not carried out. Look at what is there now and repeat it.',
  },
  'key-reused': {
    zh: '同一幂等键已用于内容不同的请求，请换一个新的键。',
    en: 'This idempotency key was used for another request; use a new key.',
  },
  'done-before': {
    zh: '该请求已执行过；出于安全，结果不再显示。',
    en: 'This was done before; for safety its answer is not shown again.',
  },
  'cell-key-missing': {
    zh: '数据由密钥 {key} 加密，而密钥文件 {file} 中没有它。请把原密钥文件放回原处后重试。',
    en: 'This was sealed under the key {key}, which {file} does not hold. Put the key file back and try again.',
  },
  'cell-damaged': {
    zh: '{about} 的姓名和号码无法解密：内容被改动或来自其他用户。请报告管理员，并用备份核对。',
    en: 'The name and numbers of {about} do not open: they were altered or belong to somebody else. Tell the administrator and compare with a backup.',
  },
  'audit-broken': {
    zh: '审计日志有 {count} 处不符；首处：链 {chain} 第 {seq} 条（{fault}）。请立即保护现场并报告。',
    en: 'The audit trail has {count} faults; the first in chain {chain} at {seq} ({fault}). Secure the system and report it.',
  },
  'audit-copy-unreadable': {
    zh: '{file} 第 {line} 行不是审计记录；请指定 GRIDKEEPER_AUDIT_FILE 写出的文件。',
    en: 'Line {line} of {file} is no audit entry; name the file that GRIDKEEPER_AUDIT_FILE wrote.',
  },
  'ledger-away': {
    zh: '数据库正在恢复，请在 {seconds} 秒后重试。',
    en: 'The database is recovering; try again in {seconds} s.',
  },
  'disk-full': {
    zh: '磁盘空间不足：剩余 {free}，下限 {floor}，暂停写入，查询照常。请清理磁盘，之后自动恢复。',
    en: 'The disk is full: {free} left, the floor is {floor}. Nothing is written, reading goes on. Make room; writing then goes on by itself.',
  },
  'server-stopping': {
    zh: '服务正在停止，没有保存未完成的部分；请在它重新启动后再试。',
    en: 'The server is stopping and kept nothing half done; try again once it is back.',
  },
  'key-file-open': {
    zh: '密钥文件 {file} 可被其他用户读取；请执行 chmod 600 {file}，并考虑更换密钥。',
    en: 'Others may read the key file {file}; run chmod 600 on it, and consider another key.',
  },
  'key-file-damaged': {
    zh: '密钥文件 {file} 已损坏：每行应为一个 32 字节的密钥。请从保管处恢复。',
    en: 'The key file {file} is damaged: each line is a key of 32 bytes. Put it back from where you keep a copy.',
  },
  'key-file-unwritable': {
    zh: '无法在 {folder} 建立密钥文件 {file}；请用 GRIDKEEPER_KEY_FILE 指定可写的位置（数据目录之外）。',
    en: 'The key file {file} cannot be made in {folder}; name another place in GRIDKEEPER_KEY_FILE, outside the data folder.',
  },
  'folder-owned': {
    zh: '数据目录 {folder} 正由进程 {pid} 使用；请先停止它，或通过它办理。',
    en: 'The data folder {folder} is in use by process {pid}; stop it first, or work through it.',
  },
  'engine-missing': {
    zh: '没有适用于 {platform} 的内置数据库程序；请重新运行 npm start 安装依赖，或用 DATABASE_URL 指定 PostgreSQL。',
    en: 'There is no built-in database for {platform}; run npm start again to install what is missing, or name a PostgreSQL in DATABASE_URL.',
  },
  'engine-not-on-windows': {
    zh: 'Windows 上没有内置数据库；请在 WSL 中运行，或用 DATABASE_URL 指定 PostgreSQL。',
    en: 'There is no built-in database on Windows; run in WSL, or name a PostgreSQL in DATABASE_URL.',
  },
  'engine-no-account': {
    zh: '数据库不能以 root 运行，而本机没有可用的普通账户；请执行 useradd --system gridkeeper 后重试。',
    en: 'The database cannot run as root and this machine has no other account for it; run useradd --system gridkeeper and try again.',
  },
  'engine-out-of-reach': {
    zh: '数据库使用的账户 {account} 无法进入 {folder}；请把它移到所有账户可进入的目录，或以普通用户运行本程序。',
    en: 'The account {account}, which runs the database, cannot enter {folder}; move it to where every account may go, or run this program as an ordinary user.',
  },
  'ledger-of-other-version': {
    zh: '{folder} 中的数据属于 PostgreSQL {found}，本程序使用 {wanted}；请用旧版本备份，再用 restore 导入。',
    en: 'The data in {folder} is of PostgreSQL {found}, this program has {wanted}; make a backup with the old release and restore it with this one.',
  },
  'folder-not-empty': {
    zh: '{folder} 不是空的；请恢复到一个空目录（或空数据库）。',
    en: '{folder} is not empty; restore into an empty folder (and an empty database).',
  },
  'restore-unfinished': {
    zh: '{folder} 的恢复没有完成；请清空后重新恢复。',
    en: 'A restore into {folder} did not end; empty the folder and restore again.',
  },
  'backup-damaged': {
    zh: '备份 {file} 已损坏（{part}），请换一份备份。',
    en: 'The backup {file} is damaged ({part}); use another one.',
  },
  'backup-newer': {
    zh: '备份 {file} 由更新的版本 {made} 生成；请先升级。',
    en: 'The backup {file} was made by a newer version, {made}; upgrade first.',
  },
} as const satisfies Sentences
