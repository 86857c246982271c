import { i18n } from '#i18n'
import { saveFile } from '../../lib/files/save-file.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { LineProblem } from './import/draft.ts'

/** Problems shown on the page; all of them are in the list that can be saved. */
const SHOWN_PROBLEMS = 20
/** This many are listed openly; more are folded until somebody opens them. */
const OPEN_PROBLEMS = 5

/**
 * The lines of a contacts file that were not imported, each with the reason, so that the file can be corrected and
 * imported again.
 */
export function ProblemList({
  fileName,
  problems,
}: {
  readonly fileName: string
  readonly problems: readonly LineProblem[]
}) {
  const lines = new Set(problems.map(({ line }) => line)).size
  const hidden = problems.length - SHOWN_PROBLEMS
  return (
    <details open={problems.length <= OPEN_PROBLEMS}>
      <summary>{i18n.t('contacts.problems', lines, [formatCount(lines, language())])}</summary>
      <ul>
        {problems.slice(0, SHOWN_PROBLEMS).map((problem, index) => (
          <li key={index}>
            <span>{describeProblem(problem)}</span>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p class="quiet">
          {i18n.t('contacts.moreProblems', [formatCount(hidden, language())])}{' '}
          <button type="button" onClick={() => saveProblems(fileName, problems)}>
            {i18n.t('contacts.saveProblems')}
          </button>
        </p>
      )}
    </details>
  )
}

function saveProblems(fileName: string, problems: readonly LineProblem[]): void {
  const text = problems.map((problem) => `${describeProblem(problem)}\r\n`).join('')
  // The mark tells old editors that it is UTF-8.
  saveFile(i18n.t('contacts.problemsFile', [fileName]), [`\ufeff${text}`], 'text/plain;charset=utf-8')
}

function describeProblem(problem: LineProblem): string {
  const line = formatCount(problem.line, language())
  const name = 'name' in problem ? problem.name : undefined
  const where = name === undefined ? i18n.t('contacts.atLine', [line]) : i18n.t('contacts.atLineOf', [line, name])
  const what =
    problem.kind === 'notANumber'
      ? i18n.t('contacts.problem.notANumber', [problem.text])
      : i18n.t(`contacts.problem.${problem.kind}`)
  return i18n.t('contacts.problemAt', [where, what])
}
