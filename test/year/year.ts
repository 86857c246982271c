import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { type CallPlan, type EndpointPlan, listChanges } from '../bench/tracker/call-plan.ts'
import { type CallShape, createCallPlan } from '../bench/tracker/call-shapes.ts'
import { buildEnvelope, uuidOf } from '../bench/tracker/envelope.ts'
import { createRandom } from '../support/random.ts'

/** Calls of one agent over days and months, invented from a seed: the same seed gives the same calls. */
export interface YearOptions {
  readonly calls: number
  readonly seed: number
  /** Midnight (UTC) of the first day, ms since the epoch. */
  readonly fromMs: number
  readonly days: number
  /** Whose calls they are: one of the agents of the invented calls. */
  readonly extensionId: string
  /** Who calls and is called, whoever comes first most often; invented unless given. */
  readonly customers?: readonly EndpointPlan[]
}

/** RingCentral's deliveries come this long after what they tell of. */
const LATE_MS = 60
const WORKDAY_STARTS_MS = 8 * HOUR_MS
const WORKDAY_MS = 9 * HOUR_MS
/** So many of the missed calls are called back. */
const CALLED_BACK = 0.5

/** By their start. Each has a part for the agent; a customer calls more than once, and some withhold their number. */
export function planYear({ calls, seed, fromMs, days, extensionId, ...given }: YearOptions): readonly CallPlan[] {
  const random = createRandom(seed)
  const customers = given.customers ?? inventCustomers(Math.max(5, Math.floor(calls / 4)))
  const plans: CallPlan[] = []
  let number = 0

  function add(startsAtMs: number, customer: EndpointPlan, shape?: CallShape): CallPlan | undefined {
    number += 1
    const plan = createCallPlan({ number: seed * 1_000_000 + number, startsAtMs, random, customer }, shape)
    if (!plan.parties.some((party) => party.extensionId === extensionId)) return undefined
    plans.push(plan)
    return plan
  }

  while (plans.length < calls) {
    const startsAtMs =
      fromMs + chooseWorkday(random, fromMs, days) + WORKDAY_STARTS_MS + Math.floor(random() * WORKDAY_MS)
    const customer = random() < 0.05 ? {} : (customers[Math.floor(random() ** 2 * customers.length)] ?? {})
    const plan = add(startsAtMs, customer)
    const isMissed = plan?.parties.some((party) => party.extensionId === extensionId && party.end.reason === 'NoAnswer')
    if (isMissed && customer.phoneNumber !== undefined && random() < CALLED_BACK && plans.length < calls) {
      const backAtMs = startsAtMs + 5 * MINUTE_MS + Math.floor(random() * HOUR_MS)
      while (add(backAtMs, customer, 'outgoing') === undefined);
    }
  }
  return plans.toSorted((a, b) => a.startsAtMs - b.startsAtMs)
}

/** The notifications of these calls in the order in which the platform would send them. */
export function tellCalls(plans: readonly CallPlan[]): readonly object[] {
  const told = plans.flatMap((plan) => listChanges(plan).map((change) => ({ plan, change })))
  return told
    .toSorted((a, b) => a.change.atMs - b.change.atMs)
    .map(({ plan, change }) => {
      const uuid = uuidOf(Number.parseInt(plan.telephonySessionId.slice(3), 16) * 100 + change.sequence)
      return buildEnvelope(plan, change, { uuid, subscriptionId: 'any', madeAtMs: change.atMs + LATE_MS })
    })
}

/** Ms from the first day to a day that is no Saturday and no Sunday. */
function chooseWorkday(random: () => number, fromMs: number, days: number): number {
  for (;;) {
    const dayMs = Math.floor(random() * days) * DAY_MS
    const weekday = new Date(fromMs + dayMs).getUTCDay()
    if ((weekday !== 0 && weekday !== 6) || days < 3) return dayMs
  }
}

function inventCustomers(count: number): readonly EndpointPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    phoneNumber: `+1202555${String(index % 10_000).padStart(4, '0')}`,
    ...(index % 3 === 0 ? {} : { name: `Customer ${index}` }),
  }))
}
