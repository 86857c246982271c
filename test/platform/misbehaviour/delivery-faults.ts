import { unreachable } from '../../../shared/assert.ts'
import type { Random } from '../calls/random.ts'

/** Ends a misbehaviour; what happened so far is not undone. */
export type Stop = () => void

/** Which deliveries a fault strikes; all unless it says. */
export interface WhichDeliveries {
  /** Of those that fit, by chance: 0 none, 1 all. */
  readonly share?: number
  /** Tried on the delivery's JSON text, such as `/"code":"Answered"/`. */
  readonly matching?: RegExp
}

export type DeliveryFault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Sends it so many times in all, one after the other. */
  | { readonly kind: 'repeat'; readonly copies: number }
  /** In place of the subscription's verification token; `undefined` sends none. */
  | { readonly kind: 'token'; readonly token: string | undefined }

/** What becomes of one delivery. */
export interface DeliveryPlan {
  readonly isDropped: boolean
  readonly delayMs: number
  readonly copies: number
  readonly verificationToken: string | undefined
}

export interface DeliveryFaults {
  add(fault: DeliveryFault, which?: WhichDeliveries): Stop
  plan(body: string, verificationToken: string | undefined): DeliveryPlan
}

/** Decides the fate of deliveries: the faults that are on now, in the order in which they were turned on. */
export function createDeliveryFaults(random: Random): DeliveryFaults {
  const faults = new Set<{ readonly fault: DeliveryFault; readonly which: WhichDeliveries }>()
  return {
    add(fault, which = {}) {
      const entry = { fault, which }
      faults.add(entry)
      return () => faults.delete(entry)
    },
    plan: (body, verificationToken) =>
      [...faults]
        .filter(({ which: { share = 1, matching } }) => (matching?.test(body) ?? true) && random.chance(share))
        .reduce<DeliveryPlan>((plan, { fault }) => strike(plan, fault), {
          isDropped: false,
          delayMs: 0,
          copies: 1,
          verificationToken,
        }),
  }
}

function strike(plan: DeliveryPlan, fault: DeliveryFault): DeliveryPlan {
  switch (fault.kind) {
    case 'drop':
      return { ...plan, isDropped: true }
    case 'delay':
      return { ...plan, delayMs: plan.delayMs + fault.delayMs }
    case 'repeat':
      return { ...plan, copies: Math.max(plan.copies, fault.copies) }
    case 'token':
      return { ...plan, verificationToken: fault.token }
    default:
      return unreachable(fault)
  }
}
