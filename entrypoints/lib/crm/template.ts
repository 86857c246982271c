/**
 * Addresses with placeholders, such as `{origin}/search?term={digits}`. What is put in is escaped for an address;
 * `{national:lightning}` is put in as Salesforce's own search page wants it.
 */

/** How somebody can be searched for. What is not known is absent. */
export interface SearchTerms {
  /** `+14085550123` */
  readonly e164: string | undefined
  /** As it is written in its own country: `(408) 555-0123`. */
  readonly national: string | undefined
  /** The national number, bare: `4085550123`. It is part of every longer spelling. */
  readonly digits: string | undefined
  readonly name: string | undefined
}

/** A placeholder's value by its name; absent when it is not known. */
export type PlaceholderValues = Readonly<Record<string, string | undefined>>

/** Placeholders that every template may use. */
export const TERMS = ['e164', 'national', 'digits', 'name'] as const satisfies readonly (keyof SearchTerms)[]

/** What is wrong with a template that somebody wrote. */
export type TemplateProblem =
  | { readonly kind: 'notAnAddress' }
  | { readonly kind: 'noTerm' }
  | { readonly kind: 'unknownPlaceholder'; readonly placeholder: string }

const PLACEHOLDER = /\{([^{}]*)\}/g

/** The site is fixed or that of the page; what a caller is called must not decide where the person is led. */
const START = /^(?:\{origin\}|https?:\/\/[^/?#{}\s]+)(?=[/?#])/i

const ENCODINGS: Readonly<Record<string, (term: string) => string>> = {
  '': encodeURIComponent,
  lightning: encodeLightning,
}

/** The address with everything put in; `undefined` when something in it is not known, or when it is none then. */
export function fillTemplate(template: string, values: PlaceholderValues): string | undefined {
  const isKnown = readPlaceholders(template).every(({ name, encode }) => {
    return encode !== undefined && Object.hasOwn(values, name) && values[name] !== undefined
  })
  if (!isKnown || !START.test(template)) return undefined
  const address = template.replace(PLACEHOLDER, (_, placeholder: string) => {
    const { name, encode = encodeURIComponent } = readPlaceholder(placeholder)
    const value = values[name] ?? ''
    return name === 'origin' ? value : encode(value)
  })
  return URL.canParse(address) ? address : undefined
}

/** `pageValues`: the placeholders besides the usual ones that pages of this site give. */
export function checkTemplate(template: string, pageValues: readonly string[]): TemplateProblem | undefined {
  const terms: readonly string[] = TERMS
  const known = new Set(['origin', ...terms, ...pageValues])
  const placeholders = readPlaceholders(template)
  const unknown = placeholders.find(({ name, encode }) => encode === undefined || !known.has(name))
  if (unknown !== undefined) return { kind: 'unknownPlaceholder', placeholder: `{${unknown.text}}` }
  const example = template.replace('{origin}', 'https://crm.example.com').replace(PLACEHOLDER, '0')
  if (!START.test(template) || !URL.canParse(example)) return { kind: 'notAnAddress' }
  return placeholders.some(({ name }) => terms.includes(name)) ? undefined : { kind: 'noTerm' }
}

function readPlaceholders(template: string) {
  return [...template.matchAll(PLACEHOLDER)].map(([, text = '']) => readPlaceholder(text))
}

function readPlaceholder(text: string) {
  const [name = '', encoding = ''] = text.split(':')
  return { text, name, encode: Object.hasOwn(ENCODINGS, encoding) ? ENCODINGS[encoding] : undefined }
}

/** Lightning has no search address: its pages are components, named with their attributes in base64 behind `one.app#`. */
function encodeLightning(term: string): string {
  const page = {
    componentDef: 'forceSearch:searchPageDesktop',
    attributes: {
      term,
      scopeMap: { type: 'TOP_RESULTS' },
      context: { FILTERS: {}, searchSource: 'INPUT_DESKTOP', disableIntentQuery: false, disableSpellCorrection: false },
      groupId: 'DEFAULT',
    },
    state: {},
  }
  const bytes = new TextEncoder().encode(JSON.stringify(page))
  return encodeURIComponent(btoa(String.fromCharCode(...bytes)))
}
