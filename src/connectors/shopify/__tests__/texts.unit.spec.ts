import { shopifyOptions } from "../options"
import { shopifyTextsDe } from "../texts-de"

it("has a German label and help for every option, and no other", () => {
  const named = (texts: Readonly<Record<string, { readonly label?: string; readonly help?: string }>>) =>
    Object.entries(texts)
      .filter(([, { label, help }]) => label && help)
      .map(([name]) => name)
  expect(named(shopifyTextsDe.options ?? {})).toEqual(named(shopifyOptions))
  expect(Object.keys(shopifyTextsDe.options ?? {})).toEqual(Object.keys(shopifyOptions))
})
