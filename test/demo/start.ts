import { loadEnvFile } from '../../relay/env-file.ts'

/**
 * `npm start`: with any RINGCENTRAL_* setting the relay, against the real platform; with none the whole product on this
 * machine, so that everybody can see it.
 */
loadEnvFile()
const isConfigured = Object.entries(process.env).some(([name, value]) => name.startsWith('RINGCENTRAL_') && value)
await import(isConfigured ? '../../relay/main.ts' : './main.ts')
