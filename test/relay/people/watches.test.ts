import { describe, expect, it } from 'vitest'
import {
  maySee,
  WATCHES_ALL,
  WATCHES_NOTHING,
  watchesAnyOf,
  watchesExtension,
  watchesIn,
  watchesNothing,
} from '../../../relay/people/watches.ts'
import type { Watches } from '../../../shared/protocol/wire.ts'

/**
 * Who may do what about calls of Sam (104): a call that reached him over queue 7, and one of his own. The asking person, 101, is
 * in neither.
 */
const QUEUE_CALL = ['7', '104']
const OWN_CALL = ['104']

interface Rights {
  /** See the call of the queue; see Sam's own. */
  readonly sees: readonly [queueCall: boolean, ownCall: boolean]
  /** Whisper to Sam in the one, in the other. */
  readonly whispers: readonly [queueCall: boolean, ownCall: boolean]
  readonly listens: boolean
  readonly isAgent: boolean
}

const table: readonly [who: string, watches: Watches, rights: Rights][] = [
  ['an agent', WATCHES_NOTHING, { sees: [false, false], whispers: [false, false], listens: false, isAgent: true }],
  [
    'who may listen to Sam',
    { extensions: ['104'], queues: [] },
    { sees: [true, true], whispers: [true, true], listens: true, isAgent: false },
  ],
  [
    'who may listen to somebody else',
    { extensions: ['105'], queues: [] },
    { sees: [false, false], whispers: [false, false], listens: false, isAgent: false },
  ],
  [
    'who runs the queue that Sam is in',
    { extensions: [], queues: ['7'] },
    { sees: [true, false], whispers: [true, false], listens: false, isAgent: false },
  ],
  [
    'who runs another queue',
    { extensions: [], queues: ['8'] },
    { sees: [false, false], whispers: [false, false], listens: false, isAgent: false },
  ],
  [
    'whom RELAY_SUPERVISORS names',
    WATCHES_ALL,
    { sees: [true, true], whispers: [true, true], listens: true, isAgent: false },
  ],
]

describe.each(table)('%s', (_who, watches, { sees, whispers, listens, isAgent }) => {
  it('sees what they watch', () => {
    expect([watchesAnyOf(watches, QUEUE_CALL), watchesAnyOf(watches, OWN_CALL)]).toEqual(sees)
    expect([QUEUE_CALL, OWN_CALL].map((members) => maySee({ extensionId: '101', watches }, members))).toEqual(sees)
  })

  it('sees their own calls whatever they watch', () => {
    expect(maySee({ extensionId: '101', watches }, ['101', '104'])).toBe(true)
  })

  it('writes to whom they watch', () => {
    expect([watchesIn(watches, '104', QUEUE_CALL), watchesIn(watches, '104', OWN_CALL)]).toEqual(whispers)
  })

  it('listens to whom RingCentral lets', () => {
    expect(watchesExtension(watches, '104')).toBe(listens)
  })

  it('is an agent or not', () => {
    expect(watchesNothing(watches)).toBe(isAgent)
  })
})
