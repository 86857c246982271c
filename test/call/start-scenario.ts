import * as v from 'valibot'
import type { ScenarioName } from '../platform/scenarios/scenarios.ts'

const started = v.object({
  telephonySessionIds: v.array(v.string()),
  /** What happens, with the names of those who play it. */
  title: v.string(),
  /** Whether anybody is told. */
  isSubscribed: v.boolean(),
})
export type StartedScenario = v.InferOutput<typeof started>

const refused = v.object({ message: v.string() })

/** Starts a scenario on the stand-in at an address, through its phone page's API. Throws one sentence when it does not start. */
export async function startScenario(
  address: string,
  request: { readonly scenario: ScenarioName; readonly speed: number; readonly as: string | undefined },
): Promise<StartedScenario> {
  const answer = await post(`${address}/phone/api/replays`, request).catch(() => {
    throw new Error(
      `No stand-in answers at ${address}: start one with npm run platform, or name its address with --to.`,
    )
  })
  if (v.is(started, answer)) return answer
  throw new Error(v.is(refused, answer) ? answer.message : `What answers at ${address} is not a stand-in RingCentral.`)
}

/** The answer as JSON; `undefined` when it is none. */
async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
