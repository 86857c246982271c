/** The same value with every text in it, however deep, written anew. Field names stay. */
export function rewriteTexts<Value>(value: Value, rewrite: (text: string) => string): Value {
  return rewriteUnknown(value, rewrite) as Value
}

function rewriteUnknown(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((item) => rewriteUnknown(item, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, rewriteUnknown(inner, rewrite)]))
}
