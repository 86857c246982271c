import { CONTACTS, type Contact } from '../crm/contacts.ts'
import type { WrittenCall } from '../crm/crm.ts'
import { type HubSpotStandIn, startHubSpot } from '../crm-stand-ins/hubspot.ts'
import { PEOPLE } from '../platform/people.ts'

/** The stand-in HubSpot of the demo: it knows the people of the sample CRM, whose pages show what it was given. */
export interface DemoHubSpot {
  readonly hubspot: HubSpotStandIn
  callsOf(contact: Contact): readonly WrittenCall[]
}

export async function startDemoHubSpot(): Promise<DemoHubSpot> {
  const hubspot = await startHubSpot()
  const owners = new Map(PEOPLE.map((person) => [person.name, hubspot.addOwner(ownerOf(person))]))
  const ids = new Map(
    CONTACTS.map(({ slug, name, company, phoneText, mobileText, owner }) => {
      const [firstname = '', ...rest] = name.split(' ')
      const ownerId = owners.get(owner)
      const contact = { firstname, lastname: rest.join(' '), company, phone: phoneText, mobilephone: mobileText }
      return [slug, hubspot.addContact({ ...contact, ...(ownerId !== undefined && { hubspot_owner_id: ownerId }) })]
    }),
  )
  return {
    hubspot,
    callsOf: ({ slug }) =>
      hubspot
        .calls()
        .filter(({ contactIds }) => contactIds.includes(ids.get(slug) ?? ''))
        .map(({ id, properties }) => ({
          id,
          title: properties.hs_call_title ?? '',
          lines: readLines(properties.hs_call_body ?? ''),
        }))
        .reverse(),
  }
}

function ownerOf({ name, email }: { readonly name: string; readonly email: string }) {
  const [firstName = '', ...rest] = name.split(' ')
  return { firstName, lastName: rest.join(' '), email }
}

function readLines(html: string): readonly string[] {
  return html.split('<br>').map((line) => line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
}
