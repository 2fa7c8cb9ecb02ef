import { useTranslation } from "react-i18next"

type MenuName = "channels" | "connections" | "listings" | "runs" | "inbound" | "issues" | "access"

/** The name of a page in the line above it, in the words of the sidebar. */
export const Crumb = ({ of }: { readonly of: MenuName }) => {
  const { t } = useTranslation("hub")
  return <>{t(`menu.${of}`)}</>
}
