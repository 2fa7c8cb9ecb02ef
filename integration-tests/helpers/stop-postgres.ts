/** Stops what `start-postgres.ts` started. A server that was given stays up. */
export default async function stopTestPostgres(): Promise<void> {
  await globalThis.hubPostgres?.stop()
}
