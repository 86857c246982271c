import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { decodeSettings } from '../../relay/config.ts'
import { SETTINGS } from '../../relay/setting-definitions.ts'
import { environmentOf, readStages } from './dockerfile.ts'

/** The composition of relay and proxy, held against the image, the settings and the proxy's example. */

const root = new URL('../..', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const compose = parse(read('compose.yaml'))
const { relay, caddy } = compose.services
const image = environmentOf(readStages(read('Dockerfile')).at(-1) ?? { name: '', base: '', steps: [] })

describe('the relay', () => {
  it('is given settings that there are, and values that it takes', () => {
    const names = Object.values(SETTINGS).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(relay.environment)))
    const required = {
      RINGCENTRAL_CLIENT_ID: 'id',
      RINGCENTRAL_CLIENT_SECRET: 'secret',
      RINGCENTRAL_JWT: 'a.b.c',
      RELAY_PUBLIC_URL: 'https://relay.example.com',
    }
    const decoded = decodeSettings({ ...image, ...required, ...relay.environment })
    expect(decoded).toMatchObject({ kind: 'settings', settings: { host: '0.0.0.0', dataFolder: '/data' } })
  })

  it('writes to its volume alone, and may do nothing else', () => {
    expect(relay.read_only).toBe(true)
    expect(relay.cap_drop).toEqual(['ALL'])
    expect(relay.security_opt).toEqual(['no-new-privileges:true'])
    const [volume = ''] = relay.volumes as readonly string[]
    expect(volume).toBe(`relay-data:${image.RELAY_DATA_DIR}`)
    expect(Object.keys(compose.volumes)).toContain('relay-data')
  })

  it('believes the proxy, and is reached through it only', () => {
    const [{ subnet }] = compose.networks.inside.ipam.config
    expect(relay.environment.RELAY_TRUSTED_PROXIES).toBe(subnet)
    expect(relay.ports).toBeUndefined()
    expect([...relay.networks, ...caddy.networks]).toEqual(['inside', 'inside'])
  })
})

describe('Caddy', () => {
  it("has the example as its configuration, and the example's variables", () => {
    const [source = '', target] = String(caddy.volumes[0]).split(':')
    expect(existsSync(new URL(source, root))).toBe(true)
    expect(target).toBe('/etc/caddy/Caddyfile')
    const variables = [...read(source).matchAll(/\{\$(\w+)/g)].map(([, name]) => name)
    expect(Object.keys(caddy.environment)).toEqual(variables)
    expect(caddy.environment.RELAY_UPSTREAM).toBe(`relay:${relay.environment.RELAY_PORT}`)
  })
})
