import { i18n } from '#i18n'
import type { ActTarget } from '../../../shared/protocol/act.ts'
import type { RuleHit } from '../../../shared/protocol/http/routing.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import { showNumber } from '../../lib/wording/masking.ts'
import type { Names } from '../model/words.ts'

/** What a rule did, or would have done: `Forward to Ines Moreau`. An act of a later relay is called as it calls it. */
export function nameAct({ act, to, text = '' }: Pick<RuleHit, 'act' | 'to' | 'text'>, names: Names): string {
  const target = to === undefined ? '' : nameTarget(to, names)
  switch (act) {
    case 'forward':
      return i18n.t('routing.act.forward', [target])
    case 'transfer':
      return i18n.t('routing.act.transfer', [target])
    case 'reply':
      return i18n.t('routing.act.reply', [text])
    case 'alert':
      return i18n.t('routing.act.alert', [target, text])
    case 'supervise':
      return i18n.t('routing.act.supervise')
    default:
      return act
  }
}

function nameTarget(to: ActTarget, names: Names): string {
  if (to === 'watchers') return i18n.t('routing.watchers')
  if ('extensionId' in to) return names.extension(to.extensionId)
  if ('voicemail' in to) return i18n.t('routing.voicemailOf', [names.extension(to.voicemail)])
  // A place to park in is where people send calls, and has no other name.
  if ('parkOrbit' in to) return to.parkOrbit
  if ('telephonySessionId' in to) return to.telephonySessionId
  return nameNumber(showNumber('phoneNumber' in to ? to.phoneNumber : to.extensionNumber))
}

/** Why nothing came of it, or what RingCentral said; `''` where there is nothing to add to the outcome. */
export function explainHit({ outcome, words }: Pick<RuleHit, 'outcome' | 'words'>): string {
  const because = outcome === 'done' || outcome === 'refused' ? '' : i18n.t(`routing.because.${outcome}`)
  return [because, words && i18n.t('routing.words', [words])].filter(Boolean).join(' ')
}
