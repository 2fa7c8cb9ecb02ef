import type { Command } from "../command"
import { access } from "./access"
import { audit } from "./audit"
import { capture } from "./capture"
import { doctor } from "./doctor"
import { keys } from "./keys"
import { push } from "./push"
import { reconcile } from "./reconcile"
import { runs } from "./runs"
import { simulator } from "./simulator"
import { status } from "./status"
import { sweep } from "./sweep"
import { uninstall } from "./uninstall"
import { why } from "./why"

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  status,
  why,
  doctor,
  push,
  sweep,
  reconcile,
  runs,
  audit,
  keys,
  capture,
  access,
  simulator,
  uninstall,
]
