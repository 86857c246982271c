import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** axe, as a script to be run where there is something to look at. Defines `axe`. */
export const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
