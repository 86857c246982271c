import * as v from 'valibot'
import { describeIssue, describePath } from '../../json-file/describe-issue.ts'
import { type Complain, type Fault, formatFaults, START } from '../../json-file/fault.ts'
import { type JsoncPath, type ParsedJsonc, parseJsonc } from '../../json-file/parse-jsonc.ts'
import { readText } from '../../json-file/read-text.ts'
import { type CrmFile, crmFile, OPERATION_NAMES } from './crm-file.ts'
import { hasLooseBraces, listExpressions } from './template.ts'
import { COMMON_VARIABLES, VARIABLES } from './variables.ts'

export interface LoadedCrmFile {
  /** Absent where there are faults. */
  readonly file: CrmFile | undefined
  /** `FILE:LINE:COLUMN: reason`, one a fault, without anything that the file says. */
  readonly faults: readonly string[]
}

const MAX_BYTES = 1_000_000

/** Reads a CRM of one's own. Never rejects: what is wrong is in the faults, all of it at once. */
export async function loadCrmFile(path: string): Promise<LoadedCrmFile> {
  const found = await readText(path, MAX_BYTES)
  const faults: Fault[] = []
  const complain: Complain = (place, reason) => faults.push({ file: path, ...place, reason })
  const fail = (): LoadedCrmFile => ({ file: undefined, faults: formatFaults(faults) })
  if ('refusal' in found) {
    complain(START, `the file of the CRM ${found.refusal}`)
    return fail()
  }
  const parsed = parseJsonc(found.text, complain)
  if (parsed === undefined) return fail()
  const read = v.safeParse(crmFile, parsed.value)
  for (const issue of read.issues ?? []) {
    const { path, isOfName, reason } = describeIssue(issue)
    complain(isOfName ? parsed.placeOfName(path) : parsed.placeOf(path), reason)
  }
  checkTemplates(parsed, complain)
  if (read.success) checkLogin(read.output, parsed, complain)
  return read.success && faults.length === 0 ? { file: read.output, faults: [] } : fail()
}

/** Whether the file says how somebody logs in, and where requests go. */
function checkLogin(
  { auth = {}, requestDefaults, operations }: CrmFile,
  parsed: ParsedJsonc,
  complain: Complain,
): void {
  const { baseUrl } = requestDefaults
  const complainAt = (path: JsoncPath, reason: string) =>
    complain(parsed.placeOf(path), `${describePath(path)} ${reason}`)
  if (!URL.canParse(baseUrl.replaceAll(/\{\{[^}]*\}\}/g, 'x'))) {
    complainAt(['requestDefaults', 'baseUrl'], 'should be an address like https://api.example.com/v1')
  }
  if (auth.type === 'oauth') {
    for (const name of ['authUrl', 'tokenUrl'] as const)
      if (auth[name] === undefined) complainAt(['auth', name], 'is missing: it should be an address, for type is oauth')
  }
  for (const name of OPERATION_NAMES) {
    const url = operations[name]?.url
    // Who sends a request elsewhere sends the key along.
    if (url !== undefined && /^https?:/.test(url) && !url.startsWith(`${baseUrl.replace(/\/$/, '')}/`)) {
      complainAt(
        ['operations', name, 'url'],
        'should be a path, or an address that begins with requestDefaults.baseUrl',
      )
    }
  }
}

function checkTemplates(parsed: ParsedJsonc, complain: Complain): void {
  const check = (path: JsoncPath, known: readonly string[]) => {
    for (const [at, text] of listTexts(selectAt(parsed.value, path), path))
      checkText(text, known, (reason) => complain(parsed.placeOf(at), `${describePath(at)} ${reason}`))
  }
  for (const name of OPERATION_NAMES)
    for (const part of ['url', 'headers', 'query', 'body']) check(['operations', name, part], VARIABLES[name])
  check(['requestDefaults'], COMMON_VARIABLES)
  check(['auth', 'credentialTemplate'], COMMON_VARIABLES)
}

function checkText(text: string, known: readonly string[], complain: (reason: string) => void): void {
  if (hasLooseBraces(text)) complain('should have {{ and }} around names only, like {{contactInfo.id}}')
  const isUnknown = listExpressions(text).some((expression) => !known.includes(expression.split('.')[0] ?? ''))
  if (isUnknown) complain(`should name only ${known.join(', ')}, and what is in these, like user.hostname`)
}

function selectAt(value: unknown, path: JsoncPath): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[name] : undefined,
    value,
  )
}

/** Every text in a value, with its path in the file. */
function listTexts(value: unknown, path: JsoncPath): readonly (readonly [JsoncPath, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([name, inner]) => listTexts(inner, [...path, name]))
}
