import metadata from 'libphonenumber-js/min/metadata'
import { useNumberingPlans } from '../shared/number/numbering-plans.ts'

/** The relay has the numbering plans of all countries from its start on. Imported for that alone. */
useNumberingPlans(metadata)
