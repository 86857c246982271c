import metadata from 'libphonenumber-js/min/metadata'
import { useNumberingPlans } from '../../shared/number/numbering-plans.ts'

/** Before each file of tests: numbers can be read, as they can in every program once it has started. */
useNumberingPlans(metadata)
