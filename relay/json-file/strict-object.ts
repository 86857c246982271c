import * as v from 'valibot'

/**
 * An object that takes no other properties. Each that it does not know is a fault of its own; valibot's strict object tells only the
 * first.
 */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries, form: string) {
  const names = Object.keys(entries)
  const message = ({ expected }: Pick<v.BaseIssue<unknown>, 'expected'>): string => {
    const missing = expected !== null && /^"(.+)"$/.exec(expected)?.[1]
    return missing ? readForm(entries[missing]) : form
  }
  return v.objectWithRest(entries, v.never(`one of ${names.join(', ')}`), message)
}

/** What a schema says that a value should be. */
function readForm(schema: object | undefined): string {
  const message = schema !== undefined && 'message' in schema ? schema.message : undefined
  return String(typeof message === 'function' ? message({ expected: null }) : message)
}
