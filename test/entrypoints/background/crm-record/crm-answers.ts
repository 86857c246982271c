import type {
  CrmAnswer,
  CrmContactJson,
  CrmMatchesAnswer,
  CrmRecordJson,
  CrmRecordsAnswer,
} from '../../../../shared/protocol/http/crm.ts'

/** Answers of a relay that has HubSpot, changed as a test wants. */

export const ADA: CrmContactJson = {
  id: 'c-1',
  kind: 'contact',
  name: 'Ada Winter',
  company: 'Harbor Couriers',
  ownerName: 'Sam Okafor',
  url: 'https://crm.example.com/contact/c-1',
}
export const ALAN: CrmContactJson = {
  id: 'c-2',
  kind: 'lead',
  name: 'Alan Winter',
  url: 'https://crm.example.com/contact/c-2',
}
export const FORM_URL = 'https://crm.example.com/new?phone=%2B14085550123'

export function buildCrm(changes: Partial<CrmAnswer> = {}): CrmAnswer {
  return {
    isOn: true,
    name: 'hubspot',
    displayName: 'HubSpot',
    ownership: 'account',
    isConnected: true,
    canConnect: false,
    ...changes,
  }
}

export function buildMatches(...contacts: readonly CrmContactJson[]): CrmMatchesAnswer {
  return { crm: 'HubSpot', contacts: [...contacts], newContactUrl: FORM_URL }
}

export function buildRecord(changes: Partial<CrmRecordJson> = {}): CrmRecordJson {
  return {
    key: 's-1',
    telephonySessionIds: ['s-1'],
    state: 'waiting',
    at: '2026-06-05T12:00:00.000Z',
    direction: 'Inbound',
    number: '+14085550123',
    tries: 0,
    ...changes,
  }
}

export function buildRecords(...records: readonly CrmRecordJson[]): CrmRecordsAnswer {
  const counts = {
    waiting: 0,
    ready: 0,
    sent: 0,
    logged: 0,
    noMatch: 0,
    ambiguous: 0,
    refused: 0,
    givenUp: 0,
    leftOut: 0,
  }
  for (const { state } of records) counts[state] += 1
  return { records: [...records], counts }
}

/** What a person answers to a record that was refused. */
export const TRY_AGAIN = { retry: true } as const
