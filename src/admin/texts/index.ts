import { useTranslation } from "react-i18next"
import { setFormatLocale } from "../lib/format"
import { de } from "./de"
import { en } from "./en"
import type { Texts } from "./texts"

const LANGUAGES: Readonly<Record<string, Texts>> = { en, de }

/** The texts in the language that the person chose in the admin, and numbers written as it writes them. English for others. */
export function useTexts(): Texts {
  const { i18n } = useTranslation()
  const language = i18n.language.split("-")[0] ?? "en"
  const texts = LANGUAGES[language]
  setFormatLocale(texts ? language : "en")
  return texts ?? en
}
