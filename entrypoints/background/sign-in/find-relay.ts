import * as v from 'valibot'
import { invitationAnswer } from '../../../shared/protocol/http/invitation.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { RelayProblem } from '../../lib/contract/messages.ts'
import type { Invitation } from '../../lib/settings/invitation.ts'
import { NETWORK_TIMEOUT_MS } from '../../lib/store/within.ts'
import { isBare, readRelayAddresses } from './relay-address.ts'
import { probeRelay, type SignInRuntime } from './sign-in.ts'

export type FoundRelay =
  | { readonly relayUrl: string; readonly problem?: undefined }
  | { readonly problem: RelayProblem; readonly relayUrl?: undefined }

/** Finds the relay behind what a person typed or pasted: the first address that one answers at. */
export async function findRelay(typed: string, runtime: Pick<SignInRuntime, 'fetch'>): Promise<FoundRelay> {
  const addresses = readRelayAddresses(typed)
  if (addresses.length === 0) return { problem: 'malformed' }
  const problems: RelayProblem[] = []
  for (const relayUrl of addresses) {
    const problem = await probeRelay(relayUrl, runtime)
    if (problem === undefined) return { relayUrl }
    problems.push(problem)
  }
  if (problems.includes('notARelay')) return { problem: 'notARelay' }
  return { problem: isBare(typed) ? 'noAnswerToHost' : 'unreachable' }
}

/** What the relay says about its company; nothing of it where it is too old to say. */
export async function readInvitation(relayUrl: string, runtime: Pick<SignInRuntime, 'fetch'>): Promise<Invitation> {
  const nothing: Invitation = { relayUrl, company: '', sites: [] }
  try {
    const signal = AbortSignal.timeout(NETWORK_TIMEOUT_MS)
    const response = await runtime.fetch(new URL(ROUTES.invitation, relayUrl), { signal })
    const answer = v.safeParse(invitationAnswer, await response.json())
    if (!response.ok || !answer.success) return nothing
    return { relayUrl, company: answer.output.company, sites: [...answer.output.sites] }
  } catch {
    return nothing
  }
}
