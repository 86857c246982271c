import { CRM_PEOPLE, CRM_USERS, type CrmPerson } from './cast.ts'
import { type HubSpotStandIn, type StandInCall, startHubSpot } from './hubspot.ts'
import type { CrmCall, CrmStandIn } from './stand-in.ts'

/** The stand-in for HubSpot, with the people who are in every other one, as tests have it that ask the same of every CRM. */
export async function startHubSpotAsCrm(): Promise<Omit<CrmStandIn, 'tokens'>> {
  const hubspot = await startHubSpot()
  const people: CrmPerson[] = []
  const addPerson = (person: CrmPerson) => {
    people.push(person)
    addContact(hubspot, person)
  }
  for (const { id, name, email } of CRM_USERS) hubspot.addOwner({ ...splitName(name), email }, id)
  for (const person of CRM_PEOPLE) addPerson(person)
  const { misbehave } = hubspot
  const calls = () => hubspot.calls().map(describeCall)
  const textOf = ({ fields }: CrmCall) => String(fields.hs_call_body)
  return {
    url: hubspot.url,
    key: hubspot.key,
    get requests() {
      return hubspot.requests().map(({ method, path }) => `${method} ${path}`)
    },
    people: () => people,
    calls,
    textOf,
    countCalls: (marker) => calls().filter((call) => textOf(call).includes(`Ringside ${marker}`)).length,
    addPerson,
    misbehave: {
      loseAnswer: () => misbehave.loseAnswers(),
      loseRequest: () => misbehave.loseRequests(),
      limit: (retryAfterS) => misbehave.limit({ count: 1, ...(retryAfterS !== undefined && { retryAfterS }) }),
      refuseField: (_field, words) => misbehave.refuseWrites(words),
      lagIndex: misbehave.lagIndex,
    },
    close: hubspot.close,
  }
}

function addContact(hubspot: HubSpotStandIn, { id, name, company, phone, mobile, ownerId }: CrmPerson): void {
  const { firstName: firstname, lastName: lastname } = splitName(name)
  const contact = {
    firstname,
    lastname,
    phone,
    ...(company !== undefined && { company }),
    ...(mobile !== undefined && { mobilephone: mobile }),
    ...(ownerId !== undefined && { hubspot_owner_id: ownerId }),
  }
  hubspot.addContact(contact, id)
}

function splitName(name: string): { readonly firstName: string; readonly lastName: string } {
  const [firstName = '', ...rest] = name.split(' ')
  return { firstName, lastName: rest.join(' ') }
}

function describeCall({ id, properties, contactIds, createdAtMs }: StandInCall): CrmCall {
  return { id, fields: { ...properties, contactIds }, changedMs: createdAtMs }
}
