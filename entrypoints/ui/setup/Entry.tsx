export interface EntryProps {
  readonly label: string
  readonly placeholder: string
  readonly button: string
  readonly value: string
  readonly isBusy: boolean
  readonly onInput: (value: string) => void
  readonly onSubmit: () => void
}

/** A labelled field with the button that takes it; Enter does too. */
export function Entry({ label, placeholder, button, value, isBusy, onInput, onSubmit }: EntryProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <label>
        {label}
        <input
          value={value}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={isBusy}>
        {button}
      </button>
    </form>
  )
}
