import { useId, useState } from 'preact/hooks'
import './number-field.css'

export interface NumberFieldProps {
  readonly label: string
  /** What it counts, behind the field. */
  readonly unit?: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** Called with the typed text when the person leaves the field or presses Enter. Returns what is wrong with it, or nothing. */
  readonly onSet: (typed: string) => Promise<string | undefined>
}

/** A field for a whole number. What was not accepted is said below it, and the field shows again what holds. */
export function NumberField({ label, unit, value, min, max, onSet }: NumberFieldProps) {
  const id = useId()
  const [problem, setProblem] = useState<string>()
  const described = [unit && `${id}-unit`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      <span class="measured">
        <input
          id={id}
          type="number"
          inputMode="numeric"
          step={1}
          min={min}
          max={max}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={described || undefined}
          onChange={async ({ currentTarget }) => {
            const found = await onSet(currentTarget.value)
            if (found !== undefined) currentTarget.value = String(value)
            setProblem(found)
          }}
        />
        {unit && (
          <span id={`${id}-unit`} class="quiet">
            {unit}
          </span>
        )}
      </span>
      {problem && (
        <p id={`${id}-problem`} class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
