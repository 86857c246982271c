import type { Person } from './people.ts'

/** A phone of somebody, as the platform knows it. */
export interface Phone {
  readonly id: string
  readonly type: 'HardPhone' | 'SoftPhone' | 'WebPhone'
  readonly name: string
  readonly isOnline: boolean
}

/** Everybody's phones as they are now. */
export interface Phones {
  /** Those on the desk and on the computer. */
  devices(person: Person): readonly Phone[]
  /** RingCentral apps in a browser, which the platform lists apart. */
  webPhones(person: Person): readonly Phone[]
  /** Any phone of a person. */
  find(person: Person, id: string): Phone | undefined
  /** Lets a phone be offline, until the answer is called. */
  unplug(id: string): () => void
  /** Whether nobody can listen in at the RingCentral app in a browser. The documentation contradicts itself there. */
  areWebPhonesRefused(): boolean
  refuseWebPhones(): () => void
}

export function createPhones(): Phones {
  const unplugged = new Set<string>()
  const webPhoneRefusals = new Set<object>()
  const list = (id: string | undefined, type: Phone['type'], name: string): Phone[] =>
    id === undefined ? [] : [{ id, type, name, isOnline: !unplugged.has(id) }]

  const devices = ({ deviceId, softphoneId }: Person): Phone[] => [
    ...list(deviceId, 'HardPhone', 'Desk phone'),
    ...list(softphoneId, 'SoftPhone', 'Softphone'),
  ]
  const webPhones = ({ webPhoneId }: Person): Phone[] => list(webPhoneId, 'WebPhone', 'WebPhone')

  return {
    devices,
    webPhones,
    find: (person, id) => [...devices(person), ...webPhones(person)].find((phone) => phone.id === id),
    unplug(id) {
      unplugged.add(id)
      return () => unplugged.delete(id)
    },
    areWebPhonesRefused: () => webPhoneRefusals.size > 0,
    refuseWebPhones() {
      const refusal = {}
      webPhoneRefusals.add(refusal)
      return () => webPhoneRefusals.delete(refusal)
    },
  }
}
