import { fillSentence } from './fill-sentence.ts'

export interface FittedProps {
  readonly name: string
  /** The sentence with the name in it. */
  readonly say: (name: string) => string
}

/** A sentence on one line in which the name is cut off where there is no room, and never a time or a number around it. Needs controls.css. */
export function Fitted({ name, say }: FittedProps) {
  return (
    <span class="fitted" title={say(name)}>
      {fillSentence((place = '') => say(place), [<bdi key="name">{name}</bdi>])}
    </span>
  )
}
