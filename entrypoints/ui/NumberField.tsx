export interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** What was typed, when the person has left the field or pressed Enter. Gives whether it was taken. */
  readonly onSet: (typed: string) => Promise<boolean>
}

/** A field for a whole number. What is not taken does not stay in it. */
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
