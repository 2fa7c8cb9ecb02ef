#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: breaks real processes, a real Postgres and real HTTP on purpose, and holds everything against the truth.
import { faultsCommand } from "../../integration-tests/faults/faults-command"

faultsCommand([]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stdout.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n0 passed, 1 failed\n`
    )
    process.exit(1)
  }
)
