/** What a person recognises a device by: the browser and the system, in both languages. */
export function deviceOf(userAgent: string | null): Readonly<{ zh: string; en: string }> {
  const text = userAgent ?? ''
  const browser = BROWSERS.find(([sign]) => sign.test(text))?.[1]
  const system = SYSTEMS.find(([sign]) => sign.test(text))?.[1]
  const named = [browser, system].filter((word) => word !== undefined)
  if (named.length === 0) return { zh: '未知设备', en: 'Unknown device' }
  return {
    zh: named.map(({ zh }) => zh).join(' · '),
    en: named.map(({ en }) => en).join(' · '),
  }
}

type Name = Readonly<{ zh: string; en: string }>
const same = (name: string): Name => ({ zh: name, en: name })

/** The first that fits: most browsers also call themselves by the names further below. */
const BROWSERS: readonly (readonly [RegExp, Name])[] = [
  [/wxwork/i, { zh: '企业微信', en: 'WeCom' }],
  [/MicroMessenger/i, { zh: '微信', en: 'WeChat' }],
  [/DingTalk/i, { zh: '钉钉', en: 'DingTalk' }],
  [/QQBrowser/i, { zh: 'QQ浏览器', en: 'QQ Browser' }],
  [/360SE|QihooBrowser/i, { zh: '360浏览器', en: '360 Browser' }],
  [/Edg(e|A|iOS)?\//, same('Edge')],
  [/Firefox\/|FxiOS\//, same('Firefox')],
  [/HuaweiBrowser/i, { zh: '华为浏览器', en: 'Huawei Browser' }],
  [/HeadlessChrome|Chrome\/|CriOS\//, same('Chrome')],
  [/Safari\//, same('Safari')],
]
const SYSTEMS: readonly (readonly [RegExp, Name])[] = [
  [/HarmonyOS|OpenHarmony/i, { zh: '鸿蒙', en: 'HarmonyOS' }],
  [/iPhone/, same('iPhone')],
  [/iPad/, same('iPad')],
  [/Android/, { zh: '安卓', en: 'Android' }],
  [/Windows/, same('Windows')],
  [/Mac OS X|Macintosh/, same('macOS')],
  [/Linux|X11/, same('Linux')],
]
