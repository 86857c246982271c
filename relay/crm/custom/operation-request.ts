import type { CrmRequest } from '../api.ts'
import type { CrmFile, OperationName } from './crm-file.ts'
import { render, renderAsText, type Variables } from './template.ts'

/** The request of an operation, with everything put in. `undefined`: the file has no such operation. */
export function describeRequest(file: CrmFile, name: OperationName, variables: Variables): CrmRequest | undefined {
  const operation = file.operations[name]
  if (operation === undefined) return undefined
  const { method = 'GET', url, headers = {}, query = {}, body } = operation
  return {
    method,
    path: writePath(url, file, variables),
    query: renderTexts(query, variables),
    // In small letters, so that one of these takes the place of one that is sent anyway.
    headers: lowerNames({
      ...renderTexts(file.requestDefaults.defaultHeaders ?? {}, variables),
      ...renderTexts(headers, variables),
    }),
    ...(body !== undefined && method !== 'GET' && { body: render(body, variables) }),
  }
}

/** Of an address that begins with the API's, what follows that; what is put in can't end the path. */
function writePath(url: string, { requestDefaults }: CrmFile, variables: Variables): string {
  const base = requestDefaults.baseUrl.replace(/\/$/, '')
  const path = url.startsWith(base) ? url.slice(base.length) : url
  return `/${renderAsText(path, variables, encodeURIComponent).replace(/^\//, '')}`
}

/** What is empty is left out, as `undefined`. */
function renderTexts(
  texts: Readonly<Record<string, string | number | boolean>>,
  variables: Variables,
): Record<string, string> {
  const rendered = Object.entries(texts).map(([name, text]) => [name, render(text, variables)] as const)
  return Object.fromEntries(
    rendered.flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)] as const],
    ),
  )
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
