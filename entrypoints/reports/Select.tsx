interface SelectProps<V extends string> {
  readonly label: string
  /** The label for no choice. */
  readonly any: string
  readonly value: V | undefined
  readonly options: readonly { readonly value: V; readonly label: string }[]
  onChange(value: V | undefined): void
}

/** One of several, or any of them. */
export function Select<V extends string>({ label, any, value, options, onChange }: SelectProps<V>) {
  return (
    <label class="field">
      <span class="name">{label}</span>
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChange(options.find((option) => option.value === currentTarget.value)?.value)
        }
      >
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
