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
  const read = (name: string): number => {
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]
    if (value === undefined) throw new Error(`a server should tell ${name}`)
    return Number(value)
  }
  return {
    cpuS: read('process_cpu_seconds_total'),
    residentMB: read('process_resident_memory_bytes') / 1e6,
    heapMB: read('ringside_heap_bytes') / 1e6,
  }
}
