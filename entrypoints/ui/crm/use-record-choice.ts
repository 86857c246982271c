import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CrmChoice } from '../../lib/contract/crm.ts'
import { sendMessage } from '../../lib/contract/messages.ts'

export interface RecordChoice {
  /** Keys of records about which a choice was sent and is not answered yet. */
  readonly pending: ReadonlySet<string>
  /** Why the last choice about a record could not be carried out, by its key. */
  readonly problems: ReadonlyMap<string, string>
  /** What came of it is announced, and read again by whoever shows the record. */
  choose(key: string, choice: CrmChoice): Promise<void>
  openForm(key: string, number: string): Promise<void>
}

/** Deciding about records, one or many. */
export function useRecordChoice(crmName: string): RecordChoice {
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())

  async function carryOut(key: string, task: () => Promise<string | undefined>): Promise<void> {
    setPending((keys) => new Set([...keys, key]))
    setProblems((before) => new Map([...before].filter(([one]) => one !== key)))
    const problem = await task().catch(() => i18n.t('crm.interrupted'))
    setPending((keys) => new Set([...keys].filter((one) => one !== key)))
    if (problem !== undefined) setProblems((before) => new Map([...before, [key, problem]]))
  }

  return {
    pending,
    problems,
    choose: (key, choice) => carryOut(key, async () => (await sendMessage('chooseCrmRecord', { key, choice })).problem),
    openForm: (key, number) =>
      carryOut(key, async () => {
        const problem = await sendMessage('openNewCrmContact', number)
        return problem && i18n.t('crm.noForm', [crmName])
      }),
  }
}
