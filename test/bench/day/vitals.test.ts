import { describe, expect, it } from 'vitest'
import { readFirstCore } from './pin.ts'
import { decodeVitals } from './vitals.ts'

const TEXT = `# HELP process_cpu_seconds_total CPU time of the process, user and system.
process_cpu_seconds_total 1.5
process_resident_memory_bytes 120000000
ringside_heap_bytes 4.2e7`

describe('decodeVitals', () => {
  it('reads what a server tells, in the units that are told here', () => {
    expect(decodeVitals(TEXT)).toEqual({ cpuS: 1.5, residentMB: 120, heapMB: 42 })
  })

  it('says what a server does not tell', () => {
    expect(() => decodeVitals('ringside_heap_bytes 1')).toThrow('process_cpu_seconds_total')
  })
})

describe('readFirstCore', () => {
  it.each([
    ["pid 7's current affinity list: 0-3", '0'],
    ["pid 7's current affinity list: 2,5", '2'],
    ['', undefined],
  ])('of "%s" is %s', (text, core) => {
    expect(readFirstCore(text)).toBe(core)
  })
})
