import { i18n } from '#i18n'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { StreamProblem } from '../export/read-stream.ts'

/** Enough to see what kind of file it is. */
const SHOWN_PROBLEMS = 20

/** The lines of a file that could not be read, and why. */
export function Problems({ problems }: { readonly problems: readonly StreamProblem[] }) {
  if (problems.length === 0) return null
  const more = problems.length - SHOWN_PROBLEMS
  return (
    <details class="file-problems">
      <summary>{i18n.t('files.problems', problems.length, [formatCount(problems.length, language())])}</summary>
      <ul>
        {problems.slice(0, SHOWN_PROBLEMS).map(({ line, kind, detail = '' }) => (
          <li key={line}>{i18n.t(`files.problem.${kind}`, [formatCount(line, language()), detail])}</li>
        ))}
      </ul>
      {more > 0 && <p>{i18n.t('files.moreProblems', [formatCount(more, language())])}</p>}
    </details>
  )
}
