import type { ReactNode, Ref } from 'react'
import type { Language } from '#contract/language.ts'
import { type Layout, WIDTH } from './layout.ts'

/** Fonts of the system: a picture fetches nothing. Chinese signs are wide, so English has its own first. */
const CHINESE = '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei"'
const FONTS: Readonly<Record<Language, string>> = {
  zh: `${CHINESE}, sans-serif`,
  en: `"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", ${CHINESE}, sans-serif`,
}

/** A layout drawn; whole in itself, so that its text can be kept as a file. */
export function BulletinPicture(of: {
  name: string
  layout: Layout
  language: Language
  className?: string | undefined
  ref?: Ref<SVGSVGElement>
}): ReactNode {
  const { height, boxes, lines } = of.layout
  return (
    <svg
      ref={of.ref}
      className={of.className}
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH}
      height={height}
      viewBox={`0 0 ${WIDTH} ${height}`}
      fontFamily={FONTS[of.language]}
      role="img"
      aria-label={of.name}
    >
      {boxes.map((box) => (
        <rect key={`${box.x} ${box.y} ${box.fill}`} {...box} />
      ))}
      {lines.map(({ text, size, anchor, bold, ...place }) => (
        <text
          key={`${place.x} ${place.y}`}
          {...place}
          fontSize={size}
          textAnchor={anchor}
          fontWeight={bold ? 700 : 400}
        >
          {text}
        </text>
      ))}
    </svg>
  )
}
