/**
 * The content of `server/modules/people/sign-in/common-passwords.txt`: words and patterns that no password
 * may be made of, a line each, from what people are known to choose: walks over the keyboard, runs
 * of digits, years, names in pinyin, words of the trade and of every login page. After a change here
 * `npx vitest run tools/common-passwords -u` writes the file anew. Digits and signs around a word
 * need no entry, nor do look-alikes such as `p@ssw0rd`: the comparison sees through them.
 */
export function commonPasswords(): string {
  const all = [
    ...[...walks(), ...columns(), ...turns(), ...repeated, ...DIGITS],
    ...[...WORDS, ...names, ...GIVEN],
    ...years.flatMap((year) => [year, ...months.map((month) => year + month)]),
  ].filter((word) => word.length >= 4)
  return `${[...new Set(all)].sort().join('\n')}\n`
}

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const COLUMNS = ['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol', '0p']
const SURNAMES =
  'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin lu hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin chang'.split(
    ' ',
  )
const GIVEN =
  'wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xia ping gang hua hui bo bin lin kai feng long hong yun jian peng hao ying mei fei xin yu tingting lili xiaoming zhiqiang jianguo jianhua guoqiang haiyan xiaoli xiaohong jianjun wenjun zhigang'.split(
    ' ',
  )
const WORDS =
  `password passwort passcode passwd secret welcome letmein login admin administrator root
  guest test tester testing user username default changeme master super manager system server
  iloveyou loveyou forever princess dragon monkey shadow sunshine football baseball superman batman
  pokemon michael jordan charlie hello helloworld freedom whatever trustno starwars computer
  internet windows microsoft google apple android iphone huawei xiaomi oppo vivo tencent alibaba
  baidu wechat weixin qq taobao jingdong woaini woaiwojia aini meimei baobao laopo laogong mima
  wodemima mimamima nihao nihaoma zhongguo zhonghua beijing shanghai guangzhou shenzhen shandong
  yantai qixia jinan qingdao gongsi gongzuo xitong guanli guanliyuan yonghu denglu kehu dianxin
  yidong liantong guangdian chinamobile chinatelecom chinaunicom chinabroadnet broadband kuandai
  gridkeeper shouwang shouwangzhe wangge yingyeting pianqu xianfengongsi operator telecom
  woshishui buzhidao wangjile suibian meiyou haohao xuexi tiantian xiangshang facai fafafa gongxi
  xinnian kuaile shengri jiankang pingan xingfu aiqing pengyou qingchun mingtian summer winter
  spring autumn monday sunday january december qazwsx qazwsxedc qweasd qweasdzxc asdzxc zaqwsx
  abcabc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij aabbcc aaaa bbbb xxxx zzzz
  asdasd qweqwe zxczxc qwer asdf zxcv qwerasdf asdfzxcv qwerty qwert poiu lkjh mnbv`.split(/\s+/)
const DIGITS =
  '123123 123321 112233 111222 147258 147258369 159357 159753 123654 321321 456456 789789 666888 888666 666666 888888 520520 5201314 1314520 521521 131420 168168 123789 100200 010203'.split(
    ' ',
  )

/** Every piece of four keys and more of a row, forwards and backwards. */
function walks(): string[] {
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')])
  return rows.flatMap((row) =>
    [...row].flatMap((_, from) =>
      [...row].flatMap((_, to) => (to - from >= 3 ? [row.slice(from, to + 1)] : [])),
    ),
  )
}

/** Columns of the keyboard side by side: `1qaz2wsx`, `1qaz2wsx3edc`, and upwards. */
function columns(): string[] {
  const up = COLUMNS.map((column) => [...column].reverse().join(''))
  return [COLUMNS, up, [...COLUMNS].reverse()].flatMap((all) =>
    all.flatMap((_, from) => [2, 3, 4].map((many) => all.slice(from, from + many).join(''))),
  )
}

/** A letter and a digit in turn (`1q2w3e4r`), and rows typed one key after the other. */
function turns(): string[] {
  const [digits = '', ...letters] = ROWS
  const zip = (one: string, other: string) =>
    [...other].map((key, at) => `${one[at] ?? ''}${key}`).join('')
  const zipped = letters.flatMap((row) => [zip(digits, row), zip(row, digits)])
  return zipped.flatMap((text) => [6, 8, 10, 12].map((many) => text.slice(0, many)))
}

const years = Array.from({ length: 2035 - 1940 }, (_, at) => String(1940 + at))
const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
const names = SURNAMES.flatMap((surname) => [
  ...GIVEN.map((given) => surname + given),
  ...GIVEN.filter((given) => given.length > 5).map((given) => given + surname),
])
const repeated = [...'abcdefghijklmnopqrstuvwxyz0123456789'].flatMap((key) =>
  [4, 5, 6, 8].map((many) => key.repeat(many)),
)
