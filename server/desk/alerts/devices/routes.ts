import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteDevice, deviceShape, getDevices, postDevice } from "./api.ts";
import * as answers from "./schema.ts";

export const listDevices: Endpoint = {
  who: "self",
  ofPart: true,
  summary:
    "The devices that alerts are pushed to for you, and the key by which a browser subscribes",
  takes: {},
  body: null,
  answers: { 200: answers.devices },
  respond: getDevices,
};

export const addDevice: ChangingEndpoint = {
  who: "self",
  ofPart: true,
  audit: "device.added",
  summary: "Has alerts that you may see pushed to a browser, by its subscription",
  takes: {},
  body: deviceShape,
  example: {
    name: "Chrome on Android",
    subscription: {
      endpoint: "https://93.184.216.34/push/abc",
      keys: {
        p256dh:
          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
    },
  },
  answers: { 201: answers.device },
  fails: ["bad_device"],
  respond: ({ request, ...asking }) => postDevice(request, asking),
};

export const removeDevice: ChangingEndpoint<"id"> = {
  who: "self",
  ofPart: true,
  audit: "device.removed",
  summary: "Has alerts pushed to a device of yours no more",
  takes: {},
  body: null,
  answers: { 200: answers.device },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteDevice(params.id, asking),
};
