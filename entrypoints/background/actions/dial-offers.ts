import type { Clock } from '../../../shared/clock.ts'
import { formatNumber } from '../../../shared/number/format.ts'
import type { DialOffer } from '../../lib/contract/ports.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import { CONFIRM_MS } from './asked-actions.ts'
import { callOut } from './call-out.ts'
import type { Devices } from './devices.ts'
import { dialText, readTarget, type Target } from './target.ts'

/**
 * The number that a person has clicked on a page and that waits for their word. There is one at a time in the whole browser:
 * who clicks another has left the first.
 */
export interface DialOffers {
  /** Offers the number of a link (`tel:+14085550123`) on a page. Returns whether it is one that can be called. */
  offer(documentId: string, address: string): boolean
  on(documentId: string): DialOffer | undefined
  /** Calls what was offered there, once; anything else is not called. */
  call(documentId: string, to: string): Promise<void>
  leave(documentId: string): void
  /** Looks at the calls that there are now, by id: the one that was placed may be among them. */
  refresh(telephonySessionIds: ReadonlySet<string>): void
  close(): void
}

export interface DialOffersOptions {
  readonly client: RelayClient
  readonly devices: Devices
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  /** Puts a refusal into a sentence for the user. */
  readonly describe: (refusal: Refusal) => string
  /** What the card shows of the offer has changed. */
  readonly onChange: () => void
  readonly clock: Pick<Clock, 'after'>
}

interface Offered {
  readonly documentId: string
  readonly target: Target
  readonly number: DialOffer['number']
  isPending: boolean
  placedId: string | undefined
  refusal: string | undefined
  cancel: () => void
}

export function createDialOffers(options: DialOffersOptions): DialOffers {
  const { client, devices, country, describe, onChange, clock } = options
  let offered: Offered | undefined
  let known: ReadonlySet<string> = new Set()

  function find(documentId: string): Offered | undefined {
    return offered?.documentId === documentId ? offered : undefined
  }

  function drop(): void {
    offered?.cancel()
    offered = undefined
    onChange()
  }

  function refuse(one: Offered, refusal: Refusal): void {
    one.isPending = false
    one.refusal = describe(refusal)
    onChange()
  }

  function look(): void {
    if (offered?.placedId !== undefined && known.has(offered.placedId)) drop()
  }

  return {
    offer: (documentId, address) => {
      const text = readAddress(address)
      const target = readTarget(text, country)
      const number = formatNumber(text, country)
      if (target === undefined || number === undefined) return false
      offered?.cancel()
      const one: Offered = {
        documentId,
        target,
        number,
        isPending: false,
        placedId: undefined,
        refusal: undefined,
        cancel: () => {},
      }
      offered = one
      onChange()
      void devices.refresh().then(() => {
        if (offered !== one) return
        if (devices.ready().length === 0) refuse(one, { code: 'no_phone' })
        else onChange()
      })
      return true
    },
    on: (documentId) => {
      const one = find(documentId)
      return (
        one && {
          to: dialText(one.target),
          number: one.number,
          deviceName: devices.ready()[0]?.name,
          isPending: one.isPending,
          refusal: one.refusal,
        }
      )
    },
    call: async (documentId, to) => {
      const one = find(documentId)
      if (one === undefined || one.isPending || dialText(one.target) !== to) return
      one.isPending = true
      one.refusal = undefined
      onChange()
      const placed = await callOut(one.target, { client, devices })
      if (offered !== one) return
      if (placed.refusal !== undefined) {
        refuse(one, placed.refusal)
        return
      }
      one.placedId = placed.telephonySessionId
      one.cancel = clock.after(CONFIRM_MS, () => refuse(one, { code: 'unconfirmed' }))
      look()
    },
    leave: (documentId) => {
      if (find(documentId) !== undefined) drop()
    },
    refresh: (telephonySessionIds) => {
      known = telephonySessionIds
      look()
    },
    close: () => offered?.cancel(),
  }
}

/** What a link says behind its scheme. Pages escape what is no letter, and not always rightly. */
function readAddress(address: string): string {
  const text = address.replace(/^(?:tel|callto):(?:\/\/)?/i, '')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
