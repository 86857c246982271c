import { describe, expect, it } from 'vitest'
import { DYNAMICS } from '../../../../relay/crm/connectors/dynamics.ts'
import { FRESHDESK } from '../../../../relay/crm/connectors/freshdesk.ts'
import { SALESFORCE } from '../../../../relay/crm/connectors/salesforce.ts'
import { ZENDESK } from '../../../../relay/crm/connectors/zendesk.ts'
import { createZoho } from '../../../../relay/crm/connectors/zoho.ts'
import { assert } from '../../../../shared/assert.ts'
import { isSpokenAs } from '../../../../shared/crm/crm-digits.ts'
import { describeDynamics } from '../../../crm-stand-ins/dynamics.ts'
import { FRESHDESK_MANNER } from '../../../crm-stand-ins/freshdesk.ts'
import { describeSalesforce } from '../../../crm-stand-ins/salesforce.ts'
import { startCrm } from '../../../crm-stand-ins/stand-in.ts'
import { ZENDESK_MANNER } from '../../../crm-stand-ins/zendesk.ts'
import { ZOHO_MANNER } from '../../../crm-stand-ins/zoho.ts'
import { speak } from '../support/speak.ts'
import { openApi } from '../support/stand-ins.ts'
import { recordToWrite } from '../support/written-record.ts'

/** What a CRM has, lacks or wants that the others do not. */

describe('a CRM with ways of its own', () => {
  it('Dynamics 365 without Sales has no leads, and finds the others', async () => {
    const standIn = await startCrm(describeDynamics({ hasLeads: false }))
    const found = await DYNAMICS.findContacts(openApi(DYNAMICS, standIn), speak('+14085550123'))
    expect(found.map(({ name }) => name)).toEqual(['Ada Winter'])
    await standIn.close()
  })

  it('Dynamics 365 does not find the lead that a contact was made of, nor who was merged into another', async () => {
    const standIn = await startCrm(describeDynamics())
    standIn.addPerson({ id: '150', kind: 'lead', name: 'Ada Winter', phone: '+14085550123', isInactive: true })
    standIn.addPerson({ id: '151', kind: 'contact', name: 'A. Winter', phone: '+14085550123', isInactive: true })
    const found = await DYNAMICS.findContacts(openApi(DYNAMICS, standIn), speak('+14085550123'))
    expect(found.map(({ id }) => id)).toEqual(['101'])
    await standIn.close()
  })

  it('Dynamics 365 finds somebody behind dozens whose numbers have the same digits among others', async () => {
    const standIn = await startCrm(describeDynamics())
    for (const index of Array.from({ length: 60 }).keys())
      standIn.addPerson({
        id: `${2000 + index}`,
        kind: 'contact',
        name: 'Other',
        phone: `+49 5550 1 0${index % 10} 07`,
      })
    standIn.addPerson({ id: '150', kind: 'contact', name: 'Nadia Roth', phone: '+1 408 555-0107' })
    const found = await DYNAMICS.findContacts(openApi(DYNAMICS, standIn), speak('+14085550107'))
    expect(found.map(({ id }) => id)).toContain('150')
    await standIn.close()
  })

  it('Dynamics 365 has no phone call that stays open where the answer to its making was lost', async () => {
    const standIn = await startCrm(describeDynamics())
    const api = openApi(DYNAMICS, standIn)
    standIn.misbehave.loseAnswer(/^PATCH/)
    await expect(DYNAMICS.write(api, recordToWrite())).rejects.toMatchObject({ kind: 'away' })
    const written = (await DYNAMICS.lookUp(api, recordToWrite())) ?? (await DYNAMICS.write(api, recordToWrite()))
    expect(standIn.calls().map(({ fields }) => fields.statecode)).toEqual([1])
    expect(await DYNAMICS.lookUp(api, recordToWrite())).toEqual(written)
    await standIn.close()
  })

  it('Dynamics 365 takes long notes as far as its column for the text goes', async () => {
    const record = recordToWrite()
    const body = `Talk 77.086 s\n\n${'🔔'.repeat(2000)}\n\nRingside ${record.key}`
    const write = async (maxText?: number) => {
      const standIn = await startCrm(describeDynamics({ ...(maxText !== undefined && { maxText }) }))
      await DYNAMICS.write(openApi(DYNAMICS, standIn), { ...record, body })
      const texts = standIn.calls().map(standIn.textOf)
      await standIn.close()
      return texts[0] ?? ''
    }
    expect(await write(10_000)).toBe(body)
    const cut = await write()
    expect(cut.length).toBeGreaterThan(1990)
    expect(cut.isWellFormed()).toBe(true)
    expect(cut).toMatch(/^Talk 77.086 s\n/)
    expect(cut.endsWith(`🔔…\n\nRingside ${record.key}`)).toBe(true)
  })

  it('Freshdesk takes no call without a contact, which it would make up', async () => {
    const standIn = await startCrm(FRESHDESK_MANNER)
    const fault = await FRESHDESK.write(openApi(FRESHDESK, standIn), recordToWrite()).catch((error: unknown) => error)
    expect(fault).toMatchObject({ kind: 'refused', words: expect.stringContaining('only for a contact') })
    expect(standIn.calls()).toEqual([])
    await standIn.close()
  })

  it('Salesforce finds a person account once, and no lead that a contact was made of', async () => {
    const standIn = await startCrm(describeSalesforce())
    const phone = '+14085550199'
    standIn.addPerson({ id: '160', kind: 'account', name: 'Nadia Roth', phone })
    standIn.addPerson({ id: '161', kind: 'contact', name: 'Nadia Roth', accountId: '160', phone })
    standIn.addPerson({ id: '162', kind: 'lead', name: 'Nadia Roth', phone, isInactive: true })
    const found = await SALESFORCE.findContacts(openApi(SALESFORCE, standIn), speak(phone))
    expect(found.map(({ id }) => id)).toEqual(['161'])
    await standIn.close()
  })

  it('Zendesk knows somebody by each of their numbers', async () => {
    const standIn = await startCrm(ZENDESK_MANNER)
    const mobile = speak('+14085550124')
    const [ada] = await ZENDESK.findContacts(openApi(ZENDESK, standIn), mobile)
    expect(ada?.name).toBe('Ada Winter')
    expect(ada?.numbers.some((one) => isSpokenAs(mobile, one))).toBe(true)
    await standIn.close()
  })

  it('Zendesk is asked for the same call without the assignee whom it refused, as another request', async () => {
    const standIn = await startCrm(ZENDESK_MANNER)
    const api = openApi(ZENDESK, standIn)
    standIn.misbehave.refuseField('assignee_id', 'Assignee: is not a member of the group')
    await expect(ZENDESK.write(api, recordToWrite({ ownerId: '9001' }))).rejects.toMatchObject({ kind: 'refused' })
    await ZENDESK.write(api, recordToWrite())
    await ZENDESK.write(api, recordToWrite())
    expect(standIn.calls()).toHaveLength(1)
    await standIn.close()
  })

  it('Salesforce has its own word for what is done, and the date of where the organisation is', async () => {
    const standIn = await startCrm(describeSalesforce({ closedStatuses: ['Abgeschlossen', 'Verworfen'] }))
    await SALESFORCE.write(
      openApi(SALESFORCE, standIn),
      recordToWrite({}, { startedMs: Date.parse('2026-12-01T01:30:00Z'), outcome: 'callerGaveUp' }),
    )
    expect(standIn.calls()[0]?.fields).toMatchObject({
      Status: 'Abgeschlossen',
      ActivityDate: '2026-11-30',
      CallDisposition: 'caller hung up before an answer',
    })
    await standIn.close()
  })

  it.each([
    ['Salesforce', SALESFORCE, 400, '[{"message":"Kein Zugriff","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]'],
    ['Zendesk', ZENDESK, 409, '{"error":"DatabaseConflict","description":"Database collision"}'],
  ])('%s says that somebody else writes at this moment, which is no refusal', (_name, connector, status, answer) => {
    expect(connector.isLimit?.(status, answer)).toBe(true)
    expect(connector.isLimit?.(400, '{"message":"No such value"}')).toBe(false)
  })

  it('Salesforce relates companies as what, and leads as whom', async () => {
    const standIn = await startCrm(describeSalesforce())
    const api = openApi(SALESFORCE, standIn)
    const base = { id: '140', name: 'Harbor Couriers', numbers: [] }
    await SALESFORCE.write(api, recordToWrite({ contact: { ...base, kind: 'account' } }))
    await SALESFORCE.write(api, recordToWrite({ key: 's-other', contact: { ...base, kind: 'lead' } }))
    expect(standIn.calls().map(({ fields }) => [fields.WhatId, fields.WhoId])).toEqual([
      ['140', undefined],
      [undefined, '140'],
    ])
    await standIn.close()
  })

  it('Zoho CRM has missed calls without a duration, and leads beside contacts', async () => {
    const standIn = await startCrm(ZOHO_MANNER)
    standIn.addPerson({ id: '130', kind: 'lead', name: 'Nadia Roth', company: 'Roth Rentals', phone: '+14085550199' })
    const zoho = createZoho(standIn.url)
    const api = openApi(zoho, standIn)
    const [contact] = await zoho.findContacts(api, speak('+14085550199'))
    assert(contact !== undefined, 'the lead is found')
    await zoho.write(api, recordToWrite({ contact }, { durationMs: 0, answeredMs: undefined, outcome: 'missed' }))
    const [call] = standIn.calls()
    expect(call?.fields).toMatchObject({ Call_Type: 'Missed', What_Id: { id: '130' }, $se_module: 'Leads' })
    expect(call?.fields).not.toHaveProperty('Call_Duration')
    await standIn.close()
  })
})
