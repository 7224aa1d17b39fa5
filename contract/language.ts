/** The languages every screen, message, refusal and document exists in; Chinese comes first. */
export type Language = 'zh' | 'en'

/** A sentence for people, once in each language; `{name}` stands for a value of that name. */
export type Sentence = Readonly<Record<Language, string>>

/** A table of sentences by code, as each area of the contract declares its own. */
export type Sentences = Readonly<Record<string, Sentence>>
