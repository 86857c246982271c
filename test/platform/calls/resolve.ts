import type { Directory } from '../directory.ts'
import { ACCOUNT, EXTERNAL_CALLERS } from '../people.ts'
import type { Speaker } from './ends.ts'
import type { Callee } from './steps/ring.ts'

/** A number in E.164. */
function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text)
}

/** Who calls: a number in E.164, a colleague's extension id, or `withheld`. Throws a RangeError for anything else. */
export function resolveCaller(from: string, fromName: string | undefined, directory: Directory): Speaker {
  const colleague = directory.find(ACCOUNT.id, from)
  if (colleague !== undefined) return { kind: 'colleague', who: colleague }
  if (from === 'withheld') return { kind: 'outside', who: { name: undefined, phoneNumber: undefined } }
  if (!isPhoneNumber(from)) {
    throw new RangeError('The caller should be a number in E.164, an extension id, or "withheld".')
  }
  const known = EXTERNAL_CALLERS.find(({ phoneNumber }) => phoneNumber === from)
  return { kind: 'outside', who: { name: fromName ?? known?.name, phoneNumber: from } }
}

/** Whom a number reaches, long or short; `undefined` when it reaches nobody. */
export function resolveNumber(number: string, directory: Directory): Callee | undefined {
  const colleague = directory
    .people(ACCOUNT.id)
    .find((one) => one.canSignIn && (one.extensionNumber === number || one.phoneNumber === number))
  if (colleague !== undefined) return { kind: 'colleague', who: colleague }
  return isPhoneNumber(number) ? { kind: 'outside', phoneNumber: number } : undefined
}
