import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { utf8Locale } from "#scripts/locale.mjs";
import { root } from "#scripts/settings.ts";

test.each([
  ["none is set", {}, { LC_ALL: "C.UTF-8" }],
  ["the plain C locale is set", { LANG: "C" }, { LC_ALL: "C.UTF-8" }],
  ["LC_ALL overrides a UTF-8 LANG", { LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, { LC_ALL: "C.UTF-8" }],
  ["an empty LC_ALL says nothing", { LC_ALL: "", LANG: "de_DE.utf8" }, {}],
  ["a UTF-8 locale is set", { LANG: "zh_CN.UTF-8" }, {}],
])("%s", (_, environment, added) => {
  expect(utf8Locale(environment, "linux")).toEqual(added);
});

test("a command gives a UTF-8 locale to what it starts, also where none is set", () => {
  const { LANG, LC_ALL, LC_CTYPE, ...environment } = process.env;
  const program = `
    import { spawnSync } from "node:child_process";
    process.argv[1] = "nothing";
    await (await import("#scripts/prepare.mjs")).prepareAndRun("locale-check").catch(() => {});
    process.stdout.write(spawnSync(process.execPath, ["-p", "process.env.LC_ALL"], { encoding: "utf8" }).stdout);
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    env: environment,
    encoding: "utf8",
  });
  expect(stdout.trim().split("\n").at(-1)).toBe("C.UTF-8");
});
