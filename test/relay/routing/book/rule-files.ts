/** Files of rules of a few lines, for what each test has to say of them. */

export const FORWARD = { forward: { extensionId: '400101' } }

/** A file of one rule with these conditions and acts. */
export const fileWith = (when: object, acts: readonly object[] = [FORWARD]) => ({
  timeZone: 'America/Los_Angeles',
  lists: { important: ['+14085550123', '+1206*'] },
  rules: [{ name: 'First', when, do: acts }],
})

/** A file of rules with these names, each of its own queue. */
export const fileOf = (...rules: readonly object[]) => ({
  rules: rules.map((rule, index) => ({
    name: `Rule ${index}`,
    when: { queues: [`${index}`] },
    do: [FORWARD],
    ...rule,
  })),
})
