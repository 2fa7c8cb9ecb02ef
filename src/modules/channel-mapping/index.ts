/*
 * Owns which variant a listing sells, which Medusa location feeds which location of a channel, and which of our ids is
 * which of theirs.
 * Refuses to own quantities and their progress: that is sync.
 */
import { Module } from "@medusajs/framework/utils"
import { HubModules } from "../../types/modules"
import HubChannelMappingService from "./service"

export default Module(HubModules.CHANNEL_MAPPING, { service: HubChannelMappingService })
