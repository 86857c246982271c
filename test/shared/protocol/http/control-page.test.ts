import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PARTY_OPERATIONS } from '../../../../shared/protocol/http/party-operations.ts'
import { PROBLEM_CODES } from '../../../../shared/protocol/http/problem.ts'
import { ROUTES } from '../../../../shared/protocol/http/routes.ts'

const page = readFileSync(new URL('../../../../relay/control/CONTROL.md', import.meta.url), 'utf8')

/** The first cells of the table that begins after a heading's line. */
function firstCells(heading: string): readonly string[] {
  const lines = page.slice(page.indexOf(heading)).split('\n')
  const start = lines.findIndex((line) => line.startsWith('|---'))
  const rows = lines.slice(start + 1)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|')[1] ?? '')
}

const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const OTHER_ROUTES = [
  ROUTES.hand,
  ROUTES.whisper,
  ROUTES.supervise,
  ROUTES.devices,
  ROUTES.colleagues,
  ROUTES.capabilities,
  ROUTES.calls,
]

describe('The page about calls, phones and calling out', () => {
  it('has every operation on a party', () => {
    const named = firstCells('# Calls')
      .flatMap(codesIn)
      .map((route) => route.split('/').at(-1))
    for (const operation of Object.keys(PARTY_OPERATIONS)) expect(named).toContain(operation)
  })

  it('has every other route of a person', () => {
    const named = firstCells('# Calls').flatMap(codesIn).join()
    for (const route of OTHER_ROUTES) {
      expect(named).toContain(route.replace(':telephonySessionId', ':sid'))
    }
  })

  it('has no route that there is not', () => {
    const form = ROUTES.party.replace(':telephonySessionId', ':sid').replace(':partyId', ':pid')
    const known = [form, ...OTHER_ROUTES.map((route) => route.replace(':telephonySessionId', ':sid'))]
    const named = firstCells('# Calls')
      .flatMap(codesIn)
      .map((route) => route.replace(/^\w+ /, ''))
    const isKnown = (route: string) =>
      known.includes(route) ||
      Object.keys(PARTY_OPERATIONS).some((name) => [`…/${name}`, `${form}/${name}`].includes(route))
    expect(named.filter((route) => !isKnown(route))).toEqual([])
  })

  it('explains no reason that there is not', () => {
    const explained = firstCells('## Refusals').flatMap(codesIn)
    expect(explained.length).toBeGreaterThan(10)
    for (const code of explained) expect(PROBLEM_CODES).toContain(code)
  })
})
