/** Figures of which one has its calls shown below. */
export interface FiguresProps<Name extends string> {
  readonly chosen: Name
  /** Name, words and value of each. */
  readonly figures: readonly (readonly [Name, string, string])[]
  readonly onChoose: (name: Name) => void
}

export function Figures<Name extends string>({ chosen, figures, onChoose }: FiguresProps<Name>) {
  return (
    <div class="figures">
      {figures.map(([name, words, value]) => (
        <button type="button" key={name} data-name={name} aria-pressed={name === chosen} onClick={() => onChoose(name)}>
          <span class="value">{value}</span>
          <span class="quiet">{words}</span>
        </button>
      ))}
    </div>
  )
}
