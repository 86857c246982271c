import { decodeMetric } from '../../support/read-metric.ts'
/** What a server's process has taken and holds. */
export interface Vitals {
  readonly cpuS: number
  readonly residentMB: number
  /** Objects and buffers that are in use. */
  readonly heapMB: number
}

export async function readVitals(url: string): Promise<Vitals> {
  return decodeVitals(await (await fetch(`${url}/metrics`)).text())
}

/** Has a server free what it no longer uses, which takes CPU time as well. */
export async function freeMemory({ url, pid }: { readonly url: string; readonly pid: number }): Promise<void> {
  process.kill(pid, 'SIGUSR2')
  // It may answer once before it hears the signal.
  await readVitals(url)
  await readVitals(url)
}

export function decodeVitals(text: string): Vitals {
  return {
    cpuS: decodeMetric(text, 'process_cpu_seconds_total'),
    residentMB: decodeMetric(text, 'process_resident_memory_bytes') / 1e6,
    heapMB: decodeMetric(text, 'ringside_heap_bytes') / 1e6,
  }
}
