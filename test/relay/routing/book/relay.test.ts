import { afterEach, expect, it } from 'vitest'
import { eventually } from '../../../support/eventually.ts'
import { type RelayFixture, startFixture } from '../../support/relay-fixture.ts'
import { useRulesFolder } from './folder.ts'

/** A relay with a file of rules, from the setting to the lights. */

const folder = useRulesFolder()
let fixture: RelayFixture | undefined
afterEach(async () => {
  await fixture?.close()
  fixture = undefined
})

it('starts with a faulty file, warns on /readyz and stays ready, and goes on when the file is mended', async () => {
  await folder.write('rules.jsonc', '{ "rules": [{ "nam": "+14085550123" }] }')
  fixture = await startFixture({ settings: { routingFile: folder.pathOf('rules.jsonc') } })
  const { relay, logText } = fixture
  const readiness = async () => {
    const answer = await fetch(`${relay.url}/readyz`)
    return { status: answer.status, body: await answer.json() }
  }
  const found = await readiness()
  expect(found.status).toBe(200)
  expect(found.body.status).toBe('ready')
  expect(found.body.warnings).toContainEqual({
    part: 'routing',
    reason: expect.stringMatching(
      /rules\.jsonc:1:15: a name in rules\[0\] is not known: it should be one of name, when/,
    ),
  })
  expect(JSON.stringify(found.body) + logText()).not.toContain('4085550123')
  expect(logText()).toContain('The file of rules has faults: no rule is in force')

  await folder.write('rules.jsonc', '{ "rules": [] }')
  await eventually(async () => expect((await readiness()).body).toEqual({ status: 'ready' }))
})
