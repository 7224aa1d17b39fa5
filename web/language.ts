import { useCallback, useSyncExternalStore } from 'react'
import type { Language, Sentence } from '#contract/language.ts'

const KEPT_AS = 'gridkeeper.language'
const listeners = new Set<() => void>()
let current: Language = localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh'
mark()

/** The language of the screen and of the sentences asked from the server. */
export const languageNow = (): Language => current

export function setLanguage(language: Language): void {
  current = language
  localStorage.setItem(KEPT_AS, language)
  mark()
  for (const tell of listeners) tell()
}

export function useLanguage(): Language {
  return useSyncExternalStore(listen, languageNow)
}

export type Say = (sentence: Sentence, values?: Readonly<Record<string, string | number>>) => string

/**
 * Says a sentence (of a page’s own table, or one that the server sent) in the language of the
 * screen, its `{names}` replaced by `values`.
 */
export function useSay(): Say {
  const language = useLanguage()
  return useCallback((sentence, values) => fill(sentence[language], values), [language])
}

export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function mark(): void {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'
}
