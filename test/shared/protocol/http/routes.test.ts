import { describe, expect, it } from 'vitest'
import { fillRoute, ROUTES } from '../../../../shared/protocol/http/routes.ts'

describe('A route', () => {
  it('takes its ids percent-encoded, so that none leaves its segment', () => {
    const ids = { telephonySessionId: 's-a0/../1?x#y', partyId: 'p a' }
    expect(fillRoute(ROUTES.party, ids)).toBe('/v1/sessions/s-a0%2F..%2F1%3Fx%23y/parties/p%20a')
  })

  it('without ids is its own path', () => {
    expect(fillRoute(ROUTES.devices, {})).toBe('/v1/devices')
  })
})
