import { i18n } from '#i18n'
import type { CallRow } from '../../lib/store/schema.ts'
import { Story } from '../../ui/call/CallDetail.tsx'
import { CallsList } from '../list/CallsList.tsx'
import type { FileModel } from './file-model.ts'
import { Problems } from './Problems.tsx'
import { useFileDrop } from './use-file-drop.ts'

/** The calls of a file, in place of the person's own. */
export function OpenFile({ model }: { readonly model: FileModel }) {
  const step = model.step.value
  const people = model.people.value
  useFileDrop(model.open)
  if (step.kind !== 'open') return null
  return (
    <>
      <section class="file-banner" aria-label={i18n.t('files.title')}>
        <p>{i18n.t('files.banner', [step.name])}</p>
        <button type="button" class="primary" onClick={model.close}>
          {i18n.t('files.close')}
        </button>
        {people.length === 0 ? (
          <p>{i18n.t('files.noPerson')}</p>
        ) : (
          <label>
            {i18n.t('files.whose')}
            <select
              value={model.extensionId.value}
              onChange={(event) => {
                model.extensionId.value = event.currentTarget.value
              }}
            >
              {people.map(({ extensionId, name }) => (
                <option key={extensionId} value={extensionId}>
                  {name === undefined ? extensionId : `${name} (${extensionId})`}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="check">
          <input
            type="checkbox"
            checked={model.isComplete.value}
            onChange={(event) => {
              model.isComplete.value = event.currentTarget.checked
            }}
          />
          {i18n.t('files.isComplete')}
        </label>
        <Problems problems={step.problems} />
      </section>
      {people.length > 0 && <CallsList model={model.list} renderDetail={(row) => <Detail row={row} model={model} />} />}
    </>
  )
}

function Detail({ row, model }: { readonly row: CallRow; readonly model: FileModel }) {
  const story = model.tell(row)
  const extensionId = model.extensionId.value
  if (story === undefined || extensionId === undefined) return null
  return (
    <div class="call-detail">
      <Story row={row} story={story} extensionId={extensionId} />
    </div>
  )
}
