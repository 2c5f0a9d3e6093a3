import { afterAll, beforeAll, expect, test } from "vitest";
import { joins, knocks, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage } from "#server/http/testing/pages.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

const PATH = "/api/v1/bots/bot_1/participants";
const names = column("name");

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  counter = await openApiClient();
  account = await counter.app.account("attendee");
  const bot = botNamed("bot_1");
  const ada = { uuid: "a", user: "zoom-1" };
  for (const body of [
    bot.comesIn("9:59"),
    bot.joins("10:10", "Ada Byron", { ...ada, host: true }),
    // This event arrives late: it has her first name here.
    bot.joins("10:00", "Ada", { ...ada, host: false }),
    bot.joins("10:01", null, { uuid: "b" }),
    bot.joins("10:02", "Zoë 👩‍🚀", { uuid: "c", host: true }),
    bot.leaves("10:20", "Zoë 👩‍🚀", { uuid: "c", host: false }),
  ]) {
    await post(counter.app, account, body);
  }
});
afterAll(() => counter.app.close());

test("all participants once, with their first name and their last host role, byte for byte", async () => {
  const { results } = await readPage(counter, PATH);
  const [ada, nobody, zoe] = column("id")({ next: null, previous: null, results });
  expect(new Set([ada, nobody, zoe]).size).toBe(3);
  for (const id of [ada, nobody, zoe]) expect(id).toMatch(/^par_[0-9a-f]{16}$/);
  const response = await counter.ask(PATH);
  expect(await response.text()).toBe(
    `{"next":null,"previous":null,"results":[` +
      `{"id":"${ada}","name":"Ada","uuid":"a","user_uuid":"zoom-1","is_host":true},` +
      `{"id":"${nobody}","name":null,"uuid":"b","user_uuid":null,"is_host":false},` +
      `{"id":"${zoe}","name":"Zoë 👩‍🚀","uuid":"c","user_uuid":null,"is_host":false}]}`,
  );
});

test("hosts, and all others", async () => {
  for (const yes of ["true", "TRUE", "%20True%20"]) {
    expect(names(await readPage(counter, `${PATH}?is_host=${yes}`))).toEqual(["Ada"]);
  }
  expect(names(await readPage(counter, `${PATH}?is_host=false`))).toEqual([null, "Zoë 👩‍🚀"]);
  for (const neither of ["", "1", "yes", "null"]) {
    const response = await counter.ask(`${PATH}?is_host=${neither}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('{"error":"Invalid is_host value. Use true or false."}');
  }
});

test("one participant by id", async () => {
  const everybody = await readPage(counter, PATH);
  const [, , zoe] = column("id")(everybody);
  const found = await readPage(counter, `${PATH}?id=${String(zoe)}`);
  expect(names(found)).toEqual(["Zoë 👩‍🚀"]);
  expect(names(await readPage(counter, `${PATH}?id=${String(zoe)}&is_host=true`))).toEqual([]);
  expect(names(await readPage(counter, `${PATH}?id=`))).toHaveLength(3);
  for (const nobody of ["par_0000000000000000", "par_", "x", "par_%00"]) {
    expect(names(await readPage(counter, `${PATH}?id=${nobody}`))).toEqual([]);
  }
});

test("of another provider's meeting, those who came in; one who only waited is no participant", async () => {
  const clinic = await counter.app.account();
  await deliverBodies(
    counter.app,
    clinic,
    "ward",
    minutes(["10:00", joins("Dr Ada", { host: true })], ["10:01", knocks("Bo")]),
  );
  const { results } = await readPage(counter, "/api/v1/meetings?room=ward");
  const id = String(results[0]?.["id"]);
  expect(names(await readPage(counter, `/api/v1/bots/${id}/participants`))).toEqual(["Dr Ada"]);
});
