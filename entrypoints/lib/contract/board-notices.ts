/** What a board tells of; each can be switched off by itself. */
export const BOARD_ALERT_KINDS = ['hand', 'rule', 'important', 'wait', 'hold', 'level'] as const
export type BoardAlertKind = (typeof BOARD_ALERT_KINDS)[number]

/** The setting that switches each on and off. */
export const BOARD_ALERT_SWITCHES = {
  hand: 'handIsOn',
  rule: 'ruleIsOn',
  important: 'importantIsOn',
  wait: 'waitIsOn',
  hold: 'holdIsOn',
  level: 'levelIsOn',
} as const satisfies Readonly<Record<BoardAlertKind, string>>

const PREFIX = 'board'

/** The id of a notification that a board shows: the worker hears the clicks on it, also when the board is closed by then. */
export function writeBoardNoticeId(kind: BoardAlertKind, of: string): string {
  return `${PREFIX}:${kind}:${of}`
}

/** Which kind of a board's alerts a notification is; `undefined` for one of another sort. */
export function readBoardNoticeId(id: string): BoardAlertKind | undefined {
  const [prefix, kind] = id.split(':')
  return prefix === PREFIX ? BOARD_ALERT_KINDS.find((known) => known === kind) : undefined
}
