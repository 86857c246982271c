import type { Feedback } from './feedback.ts'

/** A sentence about what was just done, where the person did it. */
export function FeedbackLine({ feedback }: { readonly feedback: Feedback | undefined }) {
  return (
    <p class="feedback" data-kind={feedback?.kind} role="status">
      {feedback?.text}
    </p>
  )
}
