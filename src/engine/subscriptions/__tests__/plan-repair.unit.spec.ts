import { judgeSubscriptions, missingTopics } from "../plan-repair"

const URL_OF_OURS = "https://shop.example/hooks/hub/hconn_1"
const listed = (topic: string, url: string | null = URL_OF_OURS) => ({ externalId: topic, topic, url })

describe("judgeSubscriptions", () => {
  it.each([
    ["nothing is missing when everything leads to us", ["a", "b"], [listed("a"), listed("b")], []],
    ["what is not there is missing", ["a", "b"], [listed("a")], ["b"]],
    ["what leads elsewhere is missing", ["a"], [listed("a", "https://old.example/hooks/hub/hconn_1")], ["a"]],
    [
      "a slash at the end and the case of the host change nothing",
      ["a"],
      [listed("a", "https://SHOP.example/hooks/hub/hconn_1/")],
      [],
    ],
    ["the case of the path does", ["a"], [listed("a", "https://shop.example/Hooks/hub/hconn_1")], ["a"]],
    ["where the channel does not say where to, the topic is enough", ["a"], [listed("a", null)], []],
    ["what nobody expects is left alone", ["a"], [listed("a"), listed("c")], []],
    ["without names, one that leads to us is enough", [], [listed("whatever")], []],
    ["without names and without any, something is missing", [], [], ["*"]],
  ])("%s", (_name, expected, subscriptions, missing) => {
    expect(missingTopics(judgeSubscriptions(expected, subscriptions, URL_OF_OURS))).toEqual(missing)
  })
})
