import { type ThemeConfig, theme } from 'antd'
import { type Mode, tokensOf } from './tokens.ts'

/**
 * antd’s theme from our own tokens: one accent, lines of 1 px, radius 6, no raised cards. `still`:
 * nothing moves, and nothing waits for the end of a movement that a style sheet has cut to nothing.
 */
export function themeOf(mode: Mode, still: boolean): ThemeConfig {
  const colours = tokensOf(mode)
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      motion: !still,
      fontFamily: 'var(--font)',
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 6,
      borderRadiusSM: 4,
      colorPrimary: colours.accent,
      colorLink: colours.accentText,
      colorLinkHover: colours.accentText,
      colorInfo: colours.accent,
      colorWarning: colours.soon,
      colorError: colours.late,
      colorText: colours.text,
      colorTextSecondary: colours.quiet,
      colorTextDescription: colours.quiet,
      colorTextPlaceholder: colours.quiet,
      colorBorder: colours.line,
      colorBorderSecondary: colours.line,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.surface,
      colorBgLayout: colours.ground,
      controlItemBgActive: colours.accentSoft,
      controlItemBgActiveHover: colours.accentSoft,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      boxShadowTertiary: 'none',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Segmented: { trackBg: colours.line, itemSelectedBg: colours.surface, trackPadding: 2 },
      Tabs: {
        itemSelectedColor: colours.accentText,
        itemHoverColor: colours.accentText,
        horizontalItemPadding: '8px 0',
        horizontalMargin: '0 0 16px 0',
      },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  }
}
