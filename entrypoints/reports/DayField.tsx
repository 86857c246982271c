import { FIRST_DAY } from './range.ts'

interface DayFieldProps {
  readonly label: string
  readonly day: string
  readonly lastDay: string
  onChange(day: string): void
}

/** A date field; while the date is incomplete nothing changes. */
export function DayField({ label, day, lastDay, onChange }: DayFieldProps) {
  return (
    <label>
      {label}{' '}
      <input
        type="date"
        required
        min={FIRST_DAY}
        max={lastDay}
        value={day}
        onChange={({ currentTarget }) => {
          if (currentTarget.validity.valid) onChange(currentTarget.value)
        }}
      />
    </label>
  )
}
