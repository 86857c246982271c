export interface SegmentsProps<T extends string> {
  /** Of the radio buttons: another for each choice on a page. */
  readonly name: string
  readonly options: readonly T[]
  readonly chosen: T
  labelOf(option: T): string
  onChoose(option: T): void
}

/** One of a few, side by side; within a fieldset, whose legend says what is chosen. Needs segments.css. */
export function Segments<T extends string>({ name, options, chosen, labelOf, onChoose }: SegmentsProps<T>) {
  return (
    <div class="segments">
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            class="unseen"
            checked={option === chosen}
            onChange={() => onChoose(option)}
          />
          <span>{labelOf(option)}</span>
        </label>
      ))}
    </div>
  )
}
