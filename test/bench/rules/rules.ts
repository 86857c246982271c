import { inventCompany } from '../../platform/busy/invented-company.ts'
import { startPlatform } from '../../platform/platform.ts'
import { signIn } from '../../relay/support/sign-in-flow.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { percentile } from '../statistics.ts'
import { createWorkFolder } from '../work-folder.ts'
import { RULED, withRuled } from './company.ts'
import type { LoadAnswer, LoadReady, LoadRequest } from './load.ts'
import { writeRules } from './rule-file.ts'

/**
 * From the delivery of an event to the request at RingCentral that a rule wants because of it: 300 events a second, 1,000 calls that go
 * on, 200 rules of which the last one acts, and a list of 50,000 numbers. Fifteen times a second a customer of the list calls; each call is
 * forwarded as whom it rings for. The floor is a server that answers and sends the same request, told by the delivery that it has to.
 * The difference is the relay's own share: HTTP, decoding, rules, and two records that are on the disk before RingCentral is asked.
 */
export const rules: Benchmark = {
  id: 'B15',
  run: (signal) =>
    withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const company = inventCompany(LIVE_CALLS)
      const platform = own(await startPlatform({ tidy: true, company: withRuled(company), rateLimits: MANY_REQUESTS }))
      const load = own(
        startProgram<LoadRequest, LoadAnswer, LoadReady>(new URL('load.ts', import.meta.url), [
          platform.url,
          String(LIVE_CALLS),
        ]),
      )
      const { url: ringCentralUrl } = await load.ready
      const relay = own(
        await startRelayProcess(platform, work.path, {
          RINGCENTRAL_SERVER_URL: ringCentralUrl,
          RELAY_ROUTING_FILE: await writeRules(work.path, company.queues),
        }),
      )
      const floorProgram = own(
        startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url)),
      )
      const { url: floorUrl } = await floorProgram.ready
      for (const { extensionId } of RULED) await signIn({ relay }, extensionId)

      const { webhookUrl, headers } = relay
      await load.ask({ url: webhookUrl, headers, what: 'opening' })
      let round = 0
      const measured = await measureRounds({
        name: 'B15',
        measure(isFloorFirst) {
          round += 1
          const what = { round, ms: ROUND_MS }
          return inTurn(
            isFloorFirst,
            async () => checkPace(await load.ask({ url: floorUrl, headers, what })),
            async () => checkPace(await load.ask({ url: webhookUrl, headers, what })),
          )
        },
        floorOf: ({ floor }) => percentile(floor.forwardMs, 0.5),
        say: console.error,
      })
      return [describeFigure('p50', 0.5, 5), describeFigure('p99', 0.99, 50)]

      function describeFigure(name: string, share: number, atMost: number): Figure {
        return {
          name: `B15 delivery to the request at RingCentral, ${name}`,
          unit: 'ms',
          ours: measured.map(({ ours }) => percentile(ours.forwardMs, share)),
          floor: measured.map(({ floor }) => percentile(floor.forwardMs, share)),
          goal: { of: 'difference', atMost },
        }
      }
    }),
}

const LIVE_CALLS = 1000
/** With 150 calls that are forwarded. */
const ROUND_MS = 10_000
const MANY_REQUESTS = { Light: 10_000, Medium: 10_000, Heavy: 10_000, Auth: 10_000 }
/** A load that falls behind measures itself. */
const MAX_LATE_MS = 500

function checkPace(answer: LoadAnswer): LoadAnswer {
  const { lateMs } = answer
  if (lateMs > MAX_LATE_MS) {
    throw new Error(`B15 does not count: the last event was delivered ${Math.round(lateMs)} ms later than meant.`)
  }
  return answer
}
