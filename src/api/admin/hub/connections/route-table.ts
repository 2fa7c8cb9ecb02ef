import { defineHubRoutes } from "../../../support/hub-route"
import {
  AdminConnectHubConnection,
  AdminCreateHubConnection,
  AdminReplaceHubCredentials,
  AdminUpdateHubWriteMode,
} from "./validators"

export const connectionRoutes = defineHubRoutes([
  {
    method: "GET",
    path: "/admin/hub/connections",
    action: "view",
    summary: "List all connections with how they stand.",
  },
  {
    method: "POST",
    path: "/admin/hub/connections",
    action: "configure",
    summary: "Test settings and create a connection from them.",
    body: AdminCreateHubConnection,
  },
  {
    method: "POST",
    path: "/admin/hub/connections/:id/connect",
    action: "configure",
    summary: "Connect a draft: subscribe to its messages and import its listings.",
    body: AdminConnectHubConnection,
  },
  {
    method: "GET",
    path: "/admin/hub/connections/:id/preview",
    action: "view",
    summary: "Compare what going live would write with the last snapshot.",
  },
  {
    method: "POST",
    path: "/admin/hub/connections/:id/preview",
    action: "operate",
    summary: "Read the channel anew for the preview.",
  },
  {
    method: "POST",
    path: "/admin/hub/connections/:id/write-mode",
    action: "operate",
    summary: "Go live, after a snapshot, or back into shadow.",
    body: AdminUpdateHubWriteMode,
  },
  {
    method: "POST",
    path: "/admin/hub/connections/:id/release",
    action: "operate",
    summary: "Let numbers pass that a guard holds.",
  },
  {
    method: "GET",
    path: "/admin/hub/connections/:id/credentials",
    action: "view",
    summary: "List which credentials are stored; never their values.",
  },
  {
    method: "POST",
    path: "/admin/hub/connections/:id/credentials",
    action: "secrets",
    summary: "Replace stored credentials.",
    body: AdminReplaceHubCredentials,
  },
])
