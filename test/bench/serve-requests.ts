/** The other end of a `Program`: says that it is ready, then answers each request. Ends with the process that started it. */
export function serveRequests<Request, Answer>(
  respond: (request: Request) => Promise<Answer>,
  ready: object = {},
): void {
  process.on('message', (request: Request) => {
    respond(request).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
        process.exit(1)
      },
    )
  })
  process.once('disconnect', () => process.exit())
  process.send?.(ready)
}
