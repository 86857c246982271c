import * as v from 'valibot'
import { capabilitiesAnswer } from '../../../shared/protocol/http/capabilities.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { CapabilityReport } from '../../lib/contract/messages.ts'
import type { Refusal, RefusalCode, RelayClient } from '../../lib/relay/relay-client.ts'

/** The relay's answer to how it went when things were last tried at RingCentral. `describe`: a refusal as a sentence. */
export async function askCapabilities(
  client: Pick<RelayClient, 'send'>,
  describe: (refusal: Refusal) => string,
): Promise<CapabilityReport> {
  const { body, refusal } = await client.send({ method: 'GET', path: ROUTES.capabilities })
  if (refusal !== undefined) return explain(refusal, describe)
  const read = v.safeParse(capabilitiesAnswer, body)
  return read.success ? { kind: 'given', capabilities: read.output.capabilities } : { kind: 'otherVersion' }
}

function explain(refusal: Refusal, describe: (refusal: Refusal) => string): CapabilityReport {
  const { code } = refusal
  if (OF_AN_OLD_RELAY.has(code)) return { kind: 'otherVersion' }
  if (AWAY.has(code)) return { kind: 'away' }
  return { kind: 'refused', code, sentence: describe(refusal) }
}

/** What a relay says of a path that it does not have. */
const OF_AN_OLD_RELAY: ReadonlySet<RefusalCode> = new Set(['not_found', 'method_not_allowed'])

/** Nothing was asked of RingCentral, so that the sentences about calls that may have gone through do not fit. */
const AWAY: ReadonlySet<RefusalCode> = new Set(['relay_unreachable', 'relay_silent', 'restart'])
