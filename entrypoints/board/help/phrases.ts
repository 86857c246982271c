import { i18n } from '#i18n'
import type { BoardSettings } from '../../lib/settings/settings.ts'

/** Lines that are sent with one click: the person's own, or those that come with the board. */
export function listPhrases({ phrases }: Pick<BoardSettings, 'phrases'>): readonly string[] {
  return phrases ?? [i18n.t('board.phrase.callBack'), i18n.t('board.phrase.holdLonger'), i18n.t('board.phrase.coming')]
}
