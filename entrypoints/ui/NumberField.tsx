export interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** Called with the typed text when the person leaves the field or presses Enter. Returns whether it was accepted. */
  readonly onSet: (typed: string) => Promise<boolean>
}

/** A field for a whole number; it resets when its value was not accepted. */
export function NumberField({ label, value, min, max, onSet }: NumberFieldProps) {
  return (
    <label class="number">
      {label}
      <input
        type="number"
        inputMode="numeric"
        step={1}
        min={min}
        max={max}
        value={value}
        onChange={async ({ currentTarget }) => {
          if (!(await onSet(currentTarget.value))) currentTarget.value = String(value)
        }}
      />
    </label>
  )
}
