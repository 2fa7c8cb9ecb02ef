import { InlineTip } from "@medusajs/ui"
import type { HubOverviewResponse } from "../../types"
import { useTexts } from "../texts"

/** Tells when stock changes are not recorded inside the database, and what follows from it. */
export const CaptureNotice = ({ capture }: { readonly capture: HubOverviewResponse["capture"] }) => {
  const texts = useTexts()
  return capture === "installed" ? null : (
    <InlineTip
      variant={capture === "absent" ? "warning" : "error"}
      label={capture === "absent" ? texts.capture.label : texts.capture.labelBroken}
    >
      {texts.capture.text[capture]}
    </InlineTip>
  )
}
