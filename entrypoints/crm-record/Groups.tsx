import { i18n } from '#i18n'
import type { CrmRecordsAnswer } from '../../shared/protocol/http/crm.ts'
import { CRM_STATES } from '../../shared/protocol/http/crm.ts'
import { numberFormat } from '../lib/wording/formatters.ts'
import { language } from '../lib/wording/labels.ts'
import { countGroup, RECORD_GROUPS, type RecordGroup } from '../ui/crm/record-groups.ts'
import type { RecordsModel } from './records-model.ts'

/** How many calls stand how; each shows them. */
export function Groups({ model }: { readonly model: RecordsModel }) {
  const report = model.report.value
  const { group } = model.shown.value
  const counts = report?.kind === 'given' ? report.answer.counts : undefined
  return (
    <fieldset class="groups">
      <legend class="unseen">{i18n.t('crm.groups')}</legend>
      {([...(Object.keys(RECORD_GROUPS) as RecordGroup[]), 'all'] as const).map((one) => (
        <label key={one} data-group={one}>
          <input
            type="radio"
            name="group"
            class="unseen"
            checked={group === one}
            onChange={() => model.show({ group: one })}
          />
          <span class="tile">
            <span class="count">{counts === undefined ? '' : format(countAll(counts, one))}</span>
            <span class="name">{one === 'all' ? i18n.t('crm.all') : i18n.t(`crm.group.${one}`)}</span>
            {counts !== undefined && one !== 'all' && <span class="parts">{describeParts(counts, one)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function countAll(counts: CrmRecordsAnswer['counts'], group: RecordGroup | 'all'): number {
  return group === 'all' ? CRM_STATES.reduce((sum, state) => sum + counts[state], 0) : countGroup(counts, group)
}

/** `2 No contact · 1 Refused`; nothing where a group has one state. */
function describeParts(counts: CrmRecordsAnswer['counts'], group: RecordGroup): string {
  const states = RECORD_GROUPS[group]
  if (states.length === 1) return ''
  const there = states.filter((state) => counts[state] > 0)
  return there.map((state) => `${i18n.t(`crm.state.${state}`)} ${format(counts[state])}`).join(' · ')
}

function format(count: number): string {
  return numberFormat(language(), {}).format(count)
}
