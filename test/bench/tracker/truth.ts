import { type CallPlan, durationOf, type EndPlan, type LiveCode, type PartyPlan } from './call-plan.ts'
import type { Spent } from './follower.ts'

/** How a party really ended and what its time was really spent on. */
export interface PartyTruth {
  readonly end: EndPlan
  readonly spent: Spent
}

/** The truth about every party of a call, by party id. */
export function truthOf(plan: CallPlan): ReadonlyMap<string, PartyTruth> {
  return new Map(plan.parties.map((party) => [party.id, partyTruth(party)]))
}

function partyTruth({ stages, end }: PartyPlan): PartyTruth {
  const spentIn = (code: LiveCode) => durationOf(stages.filter((stage) => stage.code === code))
  return {
    end,
    spent: {
      setup: spentIn('Setup'),
      ring: spentIn('Proceeding'),
      talk: spentIn('Answered'),
      hold: spentIn('Hold'),
      voicemail: spentIn('VoiceMail'),
      total: durationOf(stages),
    },
  }
}
