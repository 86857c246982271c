import type {
  ContactDraft,
  ContactFile,
  LineProblem,
} from '../../../../../entrypoints/options/contacts/import/draft.ts'

/** Every entry of a file, sorted into contacts and problems. */
export function readAll(file: ContactFile) {
  const drafts: ContactDraft[] = []
  const problems: LineProblem[] = [...file.problems]
  for (let index = 0; index < file.count; index++) {
    const read = file.read(index)
    if ('kind' in read) problems.push(read)
    else drafts.push(read)
  }
  return { drafts, problems }
}
