import type { Sentence, Sentences } from '../language.ts'

/** Why a delivered file is refused as a whole; `{file}` is the name its sender gave it. */
export const FILES_REFUSALS = {
  'file-missing': {
    zh: '找不到文件 {file}，请检查路径。',
    en: 'There is no file {file}; check the path.',
  },
  'file-empty': {
    zh: '文件 {file} 是空的，没有任何内容；请重新导出后再交。',
    en: 'The file {file} is empty; export it again and deliver it again.',
  },
  'file-not-a-table': {
    zh: '文件 {file} 的内容不是表格，而是 {what}；请交付 CSV、XLSX 或 Parquet 文件（可用 gzip 压缩 CSV）。',
    en: 'The content of {file} is no table but {what}; deliver CSV (gzip allowed), XLSX or Parquet.',
  },
  'file-old-excel': {
    zh: '文件 {file} 是旧版 Excel（.xls）；请在 Excel 或 WPS 中另存为 .xlsx 或 CSV 后再交。',
    en: '{file} is an old Excel workbook (.xls); save it as .xlsx or CSV and deliver that.',
  },
  'file-encrypted': {
    zh: '文件 {file} 有密码保护；请去掉密码后另存再交。',
    en: '{file} is protected by a password; save it without one and deliver that.',
  },
  'file-bomb': {
    zh: '文件 {file} 解压后过大（{detail}），不予读取；请核对来源，或拆成较小的文件。',
    en: '{file} unpacks to far too much ({detail}) and is not read; check its origin or split it.',
  },
  'file-truncated': {
    zh: '文件 {file} 不完整，结尾部分缺失；请重新传输后再交。',
    en: '{file} is incomplete, its end is missing; transfer it again.',
  },
  'file-damaged': {
    zh: '文件 {file} 已损坏（{detail}）；请重新导出后再交。',
    en: '{file} is damaged ({detail}); export it again and deliver it again.',
  },
  'file-no-columns': {
    zh: '文件 {file} 里没有找到任何列；请检查表头是否存在。',
    en: 'No column was found in {file}; check that it has a header.',
  },
  'file-too-wide': {
    zh: '文件 {file} 有 {columns} 列，最多允许 {limit} 列；请检查分隔符，或只导出需要的列。',
    en: '{file} has {columns} columns, {limit} are allowed; check the delimiter or export fewer.',
  },
  'file-too-large': {
    zh: '文件 {file} 有 {megabytes} MB，上限是 {limit} MB；请用命令行导入，或压缩、拆分后再交。',
    en: '{file} has {megabytes} MB, the limit is {limit} MB; import it by command line or split it.',
  },
  'file-wrong-encoding': {
    zh: '按 {encoding} 读取文件 {file} 时，{broken} 行（共 {rows} 行）出现乱码，它更像是 {looksLike}；请改选编码后重试。',
    en: 'Read as {encoding}, {broken} of {rows} rows of {file} are broken; it looks like {looksLike}. Choose another encoding.',
  },
  'file-header-row-missing': {
    zh: '文件 {file} 没有第 {row} 行，无法把它当作表头；请改正表头所在行号。',
    en: '{file} has no row {row} to be its header; correct the number of the header row.',
  },
  'file-sheet-missing': {
    zh: '文件 {file} 里没有名为“{sheet}”的工作表，现有：{sheets}。',
    en: '{file} has no sheet “{sheet}”; it has: {sheets}.',
  },
  'file-too-slow': {
    zh: '读取文件 {file} 超过 {seconds} 秒，已停止；请拆分后再交，或改用 CSV。',
    en: 'Reading {file} took more than {seconds} seconds and was stopped; split it or deliver CSV.',
  },
} as const satisfies Sentences

/** Why one row of a file that was read otherwise could not be read. */
export const ROW_SENTENCES = {
  'row-too-short': {
    zh: '这一行的列数少于表头（可能是合计、备注或断行）。',
    en: 'The row has fewer cells than the header (a total, a note or a broken line).',
  },
  'row-too-long': {
    zh: '这一行的列数多于表头，且多出的单元格有内容（内容里可能含有分隔符）。',
    en: 'The row has more cells than the header, and they are not empty (a delimiter in a value?).',
  },
  'row-too-large': {
    zh: '这一行过长，超过上限。',
    en: 'The row is longer than the limit.',
  },
  'row-broken-bytes': {
    zh: '这一行含有无法按文件编码识别的字节（乱码）。',
    en: 'The row holds bytes that the encoding of the file does not know.',
  },
  'row-broken-quotes': {
    zh: '这一行的引号不成对。',
    en: 'The quotes of the row are not paired.',
  },
  'cell-formula-without-value': {
    zh: '单元格是没有计算结果的公式；请在 Excel 或 WPS 中打开、重新计算并保存。',
    en: 'A cell is a formula without a computed value; open, recalculate and save the workbook.',
  },
  'cell-error-value': {
    zh: '单元格是 Excel 错误值（如 #N/A、#REF!）。',
    en: 'A cell holds an Excel error (#N/A, #REF! …).',
  },
} as const satisfies Record<string, Sentence>

export type RowCode = keyof typeof ROW_SENTENCES
