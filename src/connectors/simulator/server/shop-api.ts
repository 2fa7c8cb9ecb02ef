import { answer, parseBody, problem, RequestError, type Answer, type SimulatorRequest } from "./answer"
import { isRefusal } from "./order-book"
import {
  cancelOrderSchema,
  editOrderSchema,
  placeOrderSchema,
  refundOrderSchema,
  returnGoodsSchema,
  tamperSchema,
} from "./requests"
import type { Simulator } from "./simulator"

function placeOrder(simulator: Simulator, request: SimulatorRequest): Answer {
  const placed = simulator.orders.place(parseBody(placeOrderSchema, request), new Date())
  if (isRefusal(placed)) {
    return { status: placed.status, body: { error: placed.refused, sold: [] } }
  }
  const goods = placed.sold.filter((line) => line.listing_id !== null)
  simulator.stats.orders += 1
  simulator.stats.units_sold += goods.reduce((sum, line) => sum + line.sold, 0)
  return answer(placed, 201)
}

function cancelOrder(simulator: Simulator, request: SimulatorRequest, orderId: string): Answer {
  const body = request.rawBody.length === 0 ? {} : parseBody(cancelOrderSchema, request)
  const order = simulator.orders.cancel(orderId, body, simulator.behaviour.restock_on_cancel)
  return isRefusal(order) ? problem(order.status, order.refused) : answer({ order })
}

function editOrder(simulator: Simulator, request: SimulatorRequest, orderId: string): Answer {
  const order = simulator.orders.edit(orderId, parseBody(editOrderSchema, request))
  return isRefusal(order) ? problem(order.status, order.refused) : answer({ order })
}

function refundOrder(simulator: Simulator, request: SimulatorRequest, orderId: string): Answer {
  const order = simulator.orders.refund(orderId, parseBody(refundOrderSchema, request), new Date())
  return isRefusal(order) ? problem(order.status, order.refused) : answer({ order })
}

const ORDER_ROUTES = { cancel: cancelOrder, edit: editOrder, refund: refundOrder } as const

function returnGoods(simulator: Simulator, request: SimulatorRequest): Answer {
  const order = simulator.orders.giveBack(parseBody(returnGoodsSchema, request), new Date())
  return isRefusal(order) ? problem(order.status, order.refused) : answer({ order }, 201)
}

function tamper(simulator: Simulator, request: SimulatorRequest): Answer {
  const { quantity, ...slot } = parseBody(tamperSchema, request)
  if (!simulator.shelf.show(slot, quantity)) {
    throw new RequestError(404, `There is no listing ${slot.listing_id} at location ${slot.location_id}.`)
  }
  return answer({ ...slot, quantity })
}

/** The shopper's side of the fake channel, and the hand that changes numbers behind the hub's back. No token. */
export function answerShop(simulator: Simulator, request: SimulatorRequest): Answer {
  const [, orderId, verb] = /^\/shop\/orders\/([^/]+)\/(cancel|edit|refund)$/.exec(request.path) ?? []
  if (
    request.method === "POST" &&
    orderId !== undefined &&
    (verb === "cancel" || verb === "edit" || verb === "refund")
  ) {
    return ORDER_ROUTES[verb](simulator, request, decodeURIComponent(orderId))
  }
  switch (`${request.method} ${request.path}`) {
    case "POST /shop/orders":
      return placeOrder(simulator, request)
    case "POST /shop/returns":
      return returnGoods(simulator, request)
    case "POST /shop/tamper":
      return tamper(simulator, request)
    default:
      throw new RequestError(404, `There is no ${request.method} ${request.path}.`)
  }
}
