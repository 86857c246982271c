/** Texts with `{{path.to.value}}` in them, as files of CRMs have them. */

/** What such texts may name. */
export type Variables = Readonly<Record<string, unknown>>

const EXPRESSION = /\{\{\s*([^{}]+?)\s*\}\}/g

/** The value at a path of names with dots between them; `undefined` where it leads nowhere. `$` and nothing are the whole. */
export function selectPath(value: unknown, path: string): unknown {
  if (path === '' || path === '$') return value
  return path.split('.').reduce<unknown>((inner, name) => {
    const isOwn = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
    return isOwn ? (inner as Variables)[name] : undefined
  }, value)
}

/** Every text in a value, rendered. A text that is one expression and nothing else becomes the value itself. */
export function render(template: unknown, variables: Variables): unknown {
  if (typeof template === 'string') return renderText(template, variables)
  if (Array.isArray(template)) return template.map((one) => render(one, variables))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, render(value, variables)]))
}

/** The same as a text; `encode` changes what is put in. */
export function renderAsText(template: string, variables: Variables, encode = (text: string) => text): string {
  return template.replace(EXPRESSION, (_, path: string) => encode(writeText(selectPath(variables, path))))
}

/** What is named in a text: `['contactInfo.id']`. */
export function listExpressions(template: string): readonly string[] {
  return [...template.matchAll(EXPRESSION)].map(([, path = '']) => path)
}

/** Whether braces are left over that make no expression. */
export function hasLooseBraces(template: string): boolean {
  return /\{\{|\}\}/.test(template.replace(EXPRESSION, ''))
}

function renderText(template: string, variables: Variables): unknown {
  const [whole] = listExpressions(template)
  const isWhole = whole !== undefined && template.replace(EXPRESSION, '') === '' && template.indexOf('{{', 2) === -1
  return isWhole ? selectPath(variables, whole) : renderAsText(template, variables)
}

function writeText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
