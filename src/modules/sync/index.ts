/*
 * Owns captured stock changes, the state of every listing at every external location, the explanation of every quantity,
 * the inbox, runs and issues.
 * Refuses to own the flow: the engine decides what to send and when, this module only keeps it.
 */
import { Module } from "@medusajs/framework/utils"
import { HubModules } from "../../types/modules"
import installCaptureLoader from "./loaders/install-capture"
import HubSyncService from "./service"

export default Module(HubModules.SYNC, { service: HubSyncService, loaders: [installCaptureLoader] })
