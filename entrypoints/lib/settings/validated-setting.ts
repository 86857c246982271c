import * as v from 'valibot'
import { storage } from 'wxt/utils/storage'

/**
 * A setting that is validated when it is read: what an older version or a hand wrote is never trusted. Each field of
 * `schema` has a default (`v.fallback`), which replaces an invalid value.
 */
export interface Setting<T> {
  /** The default value. */
  readonly fallback: T
  getValue(): Promise<T>
  setValue(value: T): Promise<void>
  /** Calls `listener` at every change until the returned function is called. */
  watch(listener: (value: T) => void): () => void
}

export function defineSetting<S extends v.GenericSchema>(key: `local:${string}`, schema: S): Setting<v.InferOutput<S>> {
  const item = storage.defineItem<unknown>(key, { fallback: undefined })
  // A schema whose every field has a default makes a whole setting of an empty one.
  const fallback = v.parse(schema, {})
  const read = (stored: unknown): v.InferOutput<S> => {
    const result = v.safeParse(schema, stored)
    return result.success ? result.output : fallback
  }
  return {
    fallback,
    getValue: async () => read(await item.getValue()),
    setValue: (value) => item.setValue(value),
    watch: (listener) => item.watch((stored) => listener(read(stored))),
  }
}
