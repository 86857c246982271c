/** The name of this run of the worker, by which pages tell whether their port is one of a run that is over. */
export const RUN = crypto.randomUUID()
