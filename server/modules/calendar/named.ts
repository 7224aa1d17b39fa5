/** What something is called, in both languages. */
export type Named = Readonly<{ zh: string; en: string }>
