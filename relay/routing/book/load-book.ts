import * as v from 'valibot'
import type { NumberList, Rule, RuleBook } from '../../../shared/rules/rule.ts'
import { describeIssue } from '../../json-file/describe-issue.ts'
import { type Complain, type Fault, formatFaults, START } from '../../json-file/fault.ts'
import { parseJsonc } from '../../json-file/parse-jsonc.ts'
import { readText } from '../../json-file/read-text.ts'
import { readZone } from '../../ringcentral/time-zone.ts'
import { type ComplainAt, compileRule, type Lists } from './compile-rule.ts'
import { findContradictions } from './contradictions.ts'
import { describePlace } from './describe-place.ts'
import { loadLists } from './load-lists.ts'
import { ruleFile, rule as ruleSchema, type WrittenRule } from './rule-file.ts'
import { isUnreachable } from './unreachable-rules.ts'

/** A file of rules as it was read, with the lists beside it. */
export interface LoadedBook {
  /** Absent where there are faults. */
  readonly book: RuleBook | undefined
  readonly lists: readonly NumberList[]
  /** `FILE:LINE:COLUMN: reason`, one a fault. */
  readonly faults: readonly string[]
  /** What each file that was read looked like then; see `ReadText`. */
  readonly prints: ReadonlyMap<string, string>
}

/** Of rules alone: numbers by the thousand are for lists. */
const MAX_BYTES = 1_000_000

/** Reads and compiles a file of rules. Never rejects: what is wrong is in the faults, all of it at once. */
export async function loadRuleBook(file: string): Promise<LoadedBook> {
  const found = await readText(file, MAX_BYTES)
  const prints = new Map([[file, found.print]])
  const faults: Fault[] = []
  const complain: Complain = (place, reason) => faults.push({ file, ...place, reason })
  const fail = (): LoadedBook => ({ book: undefined, lists: [], faults: formatFaults(faults), prints })
  if ('refusal' in found) {
    complain(START, `the file of rules ${found.refusal}`)
    return fail()
  }
  const parsed = parseJsonc(found.text, complain)
  if (parsed === undefined) return fail()

  for (const issue of v.safeParse(ruleFile, parsed.value).issues ?? []) {
    const { path, isOfName, reason } = describeIssue(issue, describePlace)
    complain(isOfName ? parsed.placeOfName(path) : parsed.placeOf(path), reason)
  }
  // What can be looked at by itself is, whatever else is wrong: an author wants to know all at once.
  const written = readParts(parsed.value)
  const loaded = await loadLists(file, parsed, written.lists)
  for (const [path, print] of loaded.prints) prints.set(path, print)
  faults.push(...loaded.faults)
  const complainAt: ComplainAt = (path, reason) => complain(parsed.placeOf(path), `${describePlace(path)} ${reason}`)
  const timeZone = compileTimeZone(written, complainAt)
  const rules = compileRules(written.rules, loaded.lists, complainAt)
  if (faults.length > 0) return fail()
  return { book: { timeZone, rules }, lists: [...loaded.lists.values()], faults: [], prints }
}

interface Parts {
  readonly timeZone?: unknown
  readonly lists?: unknown
  readonly rules: readonly unknown[]
}

const anyFile = v.object({ timeZone: v.unknown(), lists: v.unknown(), rules: v.unknown() })

function readParts(value: unknown): Parts {
  if (typeof value !== 'object' || value === null) return { rules: [] }
  const { rules, ...others } = v.parse(v.partial(anyFile), value)
  return { ...others, rules: Array.isArray(rules) ? rules : [] }
}

function compileRules(all: readonly unknown[], lists: Lists, complainAt: ComplainAt): readonly Rule[] {
  findRepeatedNames(all, complainAt)
  const rules = new Map<number, Rule>()
  for (const [index, one] of all.entries()) {
    const written = readWhatIsSound(one)
    let isSound = v.is(ruleSchema, one)
    const complainOfRule: ComplainAt = (path, reason) => {
      isSound = false
      complainAt(['rules', index, ...path], reason)
    }
    const rule = compileRule(written, lists, complainOfRule)
    findContradictions(rule, complainOfRule)
    // Of one with a fault too much is unknown to compare others with it.
    if (isSound) rules.set(index, rule)
    const earlier = [...rules].find(([other, by]) => other < index && isSound && isUnreachable(rule, by))
    if (earlier !== undefined) {
      const reason = `should come before rules[${earlier[0]}], which holds wherever it does and has no "goOn": it never gets its turn`
      complainAt(['rules', index], reason)
    }
  }
  return [...rules.values()]
}

/** Stand where a part of a rule is not what the schema says, so that the others are looked at all the same. */
const STAND_INS = { name: 'x', when: { queues: ['0'] }, do: [{ alert: { to: 'watchers', text: 'x' } }] }

function readWhatIsSound(one: unknown): WrittenRule {
  const given: Readonly<Record<string, unknown>> = v.is(v.looseObject({}), one) ? one : {}
  const { name, when, do: acts } = ruleSchema.entries
  return v.parse(ruleSchema, {
    name: v.is(name, given.name) ? given.name : STAND_INS.name,
    when: v.is(when, given.when) ? given.when : STAND_INS.when,
    do: v.is(acts, given.do) ? given.do : STAND_INS.do,
    goOn: given.goOn === true,
    dry: given.dry === true,
  })
}

function findRepeatedNames(written: readonly unknown[], complainAt: ComplainAt): void {
  const first = new Map<string, number>()
  for (const [index, one] of written.entries()) {
    if (!v.is(v.object({ name: v.string() }), one)) continue
    const same = first.get(one.name)
    if (same === undefined) first.set(one.name, index)
    else complainAt(['rules', index, 'name'], `should be a name that no other rule has, but rules[${same}] has it too`)
  }
}

const timed = v.object({ when: v.object({ times: v.optional(v.unknown()), callsToday: v.optional(v.unknown()) }) })

/** Days begin by it; where nothing depends on that, any will do. */
function compileTimeZone({ timeZone, rules }: Parts, complainAt: ComplainAt): string {
  const known = typeof timeZone === 'string' ? readZone(timeZone) : undefined
  // Intl takes offsets as well, which know no summer.
  if (typeof timeZone === 'string' && (known === undefined || /^[+-]/.test(timeZone))) {
    complainAt(['timeZone'], 'should be an IANA time zone that there is, like America/Los_Angeles')
  }
  const needing = rules.findIndex((one) => v.is(timed, one) && (one.when.times ?? one.when.callsToday) !== undefined)
  if (timeZone === undefined && needing !== -1) {
    complainAt(
      ['timeZone'],
      `is missing: it should be an IANA time zone like America/Los_Angeles, for rules[${needing}] depends on it`,
    )
  }
  return known ?? 'UTC'
}
