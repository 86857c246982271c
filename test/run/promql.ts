import type { Labels } from './told-metrics.ts'

/** Labels that Prometheus gives to whatever it scrapes, with any value. */
const OF_EVERY_TARGET = ['instance', 'job']
/** What Prometheus tells by itself of whatever it scrapes. */
const TOLD_BY_PROMETHEUS = ['up']
const WORDS = ['and', 'or', 'unless', 'bool']

/**
 * Sentences about what an expression asks of `told` that is not there: a series, a label, or a value that the label never has.
 * An alert with such a fault never fires, and a panel stays empty.
 */
export function listFaults(expression: string, told: ReadonlyMap<string, Labels>): readonly string[] {
  const faults: string[] = []
  const grouped: string[] = []
  const rest = expression
    .replaceAll(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g, (_, list: string) => {
      grouped.push(...list.split(/[\s,]+/).filter((label) => label !== ''))
      return ' '
    })
    .replaceAll(/\[\w+\]/g, '')
  const asked: Labels[] = []
  for (const [, name = '', matchers = ''] of rest.matchAll(/\b([a-zA-Z_]\w*)\b(?!\s*\()(?:\{([^}]*)\})?/g)) {
    if (WORDS.includes(name)) continue
    const labels = told.get(name) ?? (TOLD_BY_PROMETHEUS.includes(name) ? new Map() : undefined)
    if (labels === undefined) {
      faults.push(`there is no ${name}`)
      continue
    }
    asked.push(labels)
    faults.push(...listMatcherFaults(name, matchers, labels))
  }
  if (asked.length === 0 && faults.length === 0) faults.push('it asks for nothing')
  for (const label of grouped) {
    if (!OF_EVERY_TARGET.includes(label) && !asked.some((labels) => labels.has(label))) {
      faults.push(`nothing that it asks for has a label ${label}`)
    }
  }
  return faults
}

function listMatcherFaults(name: string, matchers: string, labels: Labels): readonly string[] {
  return [...matchers.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].flatMap(([, label = '', , value = '']) => {
    if (OF_EVERY_TARGET.includes(label)) return []
    const values = labels.get(label)
    if (values === undefined) return `${name} has no label ${label}`
    return values.has(value) ? [] : `${label} of ${name} is never ${value}`
  })
}
