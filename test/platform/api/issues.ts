import * as v from 'valibot'

/** What a body lacks, for a sentence: the place (`deliveryMode.address`), and what should be there. */
export function describeIssue(issue: v.BaseIssue<unknown>, whole: string): { where: string; shouldBe: string } {
  return {
    where: v.getDotPath(issue) ?? whole,
    shouldBe: issue.input === undefined ? 'given' : (issue.expected ?? 'valid'),
  }
}
