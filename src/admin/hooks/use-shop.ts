import { useQuery } from "@tanstack/react-query"
import { sdk } from "../lib/sdk"

const MOST = 200

/** Medusa's own stock locations and sales channels, for choosing. */
export const useShop = () =>
  useQuery({
    queryKey: ["hub", "shop"],
    queryFn: async () => {
      const [{ stock_locations: locations }, { sales_channels: channels }] = await Promise.all([
        sdk.admin.stockLocation.list({ limit: MOST, fields: "id,name" }),
        sdk.admin.salesChannel.list({ limit: MOST, fields: "id,name" }),
      ])
      return {
        locations: locations.map(({ id, name }) => ({ id, name })),
        salesChannels: channels.map(({ id, name }) => ({ id, name })),
      }
    },
    staleTime: 60_000,
  })
