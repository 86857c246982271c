import { toJsonSchema } from '@valibot/to-json-schema'
import { ruleFile } from './rule-file.ts'

/** The JSON Schema of a file of rules, as text: editors complete and check by it. */
export function printJsonSchema(): string {
  const schema = toJsonSchema(ruleFile, { typeMode: 'input' })
  // To the converter a property that may never be is one of no value; `false` says the same, and editors say it well.
  return JSON.stringify(schema, (name, value) => (name === 'additionalProperties' && 'not' in value ? false : value), 2)
}
