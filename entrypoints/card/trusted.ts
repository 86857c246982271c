/** Runs a task only for real clicks; the page can dispatch its own at the card's host. */
export function trusted(task: () => void): (event: Event) => void {
  return ({ isTrusted }) => {
    if (isTrusted) task()
  }
}
