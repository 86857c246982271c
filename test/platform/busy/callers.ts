import type { Speaker } from '../calls/ends.ts'
import { EXTERNAL_CALLERS } from '../people.ts'
import type { Chances } from './chances.ts'

/** People outside who call a busy account, or are called by it. Numbers are from the ranges that are nobody's. */

const AREA_CODES = [206, 212, 213, 303, 305, 312, 404, 408, 415, 503, 512, 602, 617, 702, 713, 801]
const FIRST_NAMES = [
  'Alma',
  'Boris',
  'Carmen',
  'Derek',
  'Esther',
  'Farid',
  'Gina',
  'Hugo',
  'Iris',
  'Jamal',
  'Keiko',
  'Leon',
]
const LAST_NAMES = [
  'Abbott',
  'Bauer',
  'Cruz',
  'Dogan',
  'Evans',
  'Fischer',
  'Garcia',
  'Hughes',
  'Ito',
  'Jensen',
  'Khan',
  'Lopez',
]

const WITHHELD_SHARE = 0.04
const KNOWN_SHARE = 0.08
const NAMELESS_SHARE = 0.3

/** Who calls next: now and then somebody whom the rest of the stand-in knows and who is not `aside`, and mostly a stranger. */
export function drawOutsider(chances: Chances, aside: ReadonlySet<string> = new Set()): Speaker {
  if (chances.happens(WITHHELD_SHARE)) return { kind: 'outside', who: { name: undefined, phoneNumber: undefined } }
  const known = chances.happens(KNOWN_SHARE)
    ? chances.pick(EXTERNAL_CALLERS.filter(({ phoneNumber = '' }) => !aside.has(phoneNumber)))
    : undefined
  if (known !== undefined) return { kind: 'outside', who: known }
  const name = `${chances.pick(FIRST_NAMES)} ${chances.pick(LAST_NAMES)}`
  const isNameless = chances.happens(NAMELESS_SHARE)
  return { kind: 'outside', who: { name: isNameless ? undefined : name, phoneNumber: drawNumber(chances) } }
}

export function drawNumber(chances: Chances): string {
  const last = String(Math.floor(chances.between(0, 100))).padStart(2, '0')
  return `+1${chances.pick(AREA_CODES)}55501${last}`
}
