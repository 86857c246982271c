import { expect, it } from 'vitest'
import { parseTrustedProxies } from '../../relay/trusted-proxies.ts'

it.each(['somewhere', '10.0.0.0/33', '10.0.0.0/x', '::1/129'])('refuses %s as a proxy', (text) => {
  expect(parseTrustedProxies([text])).toBeUndefined()
})
