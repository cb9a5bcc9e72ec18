// Runs the real program: pages into a record in a folder of its own, the record into a server that the caller ends.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.DEMARCHE ?? join(repository, "target/debug/demarche");
/** An invented year between two states, in short pages: enough of them for a verdict and for charts that are not empty. */
const STORY = fileURLToPath(new URL("story.jsonl", import.meta.url));

const execute = promisify(execFile);

/** Runs the program to its end in `folder`; what it prints. */
export async function demarche(folder, ...given) {
  const { stdout } = await execute(PROGRAM, given, { cwd: folder, maxBuffer: 64 << 20 });
  return stdout;
}

/** A file of the shipped pages. */
export const shipped = (slug, name) => join(repository, "cases", slug, name);

/** All shipped pages. */
async function cases() {
  const found = [];
  for (const slug of (await readdir(join(repository, "cases"))).sort()) {
    const names = await readdir(shipped(slug, ""));
    found.push(...names.filter((name) => name.startsWith("page.")).map((name) => shipped(slug, name)));
  }
  return found;
}

/** A text of some five thousand words: those of the shipped pages that are text, and the story, as one article. */
export async function long() {
  const files = (await cases()).filter((file) => file.endsWith(".txt"));
  const texts = await Promise.all([...files, STORY].map((file) => readFile(file, "utf8")));
  return texts.join("\n\n").replaceAll(/^{.*"content": "|"}$/gm, "").replaceAll("\\n", "\n").replaceAll('\\"', '"');
}

/** A served record of the shipped pages and the story: its address, its folder and file, and `end`. `how` goes to `serve`. */
export async function serving(...how) {
  const pages = [...(await cases()), STORY].map((file) => relative(repository, file));
  return served(async () => ["read", ...pages], how);
}

/** A served record of the story alone, named as it is in the repository. */
export async function servingStory() {
  return served(async () => ["read", relative(repository, STORY)]);
}

/** A served record without a page: it holds one row of the user's own for the world tables. */
export async function servingNothing() {
  return served(async (at) => {
    const people = join(at, "people.tsv");
    await writeFile(people, "name\toffice\tstate\nErik Solvang\tforeign minister\tNOR\n");
    return ["world", "add", people];
  });
}

async function served(made, how = []) {
  const folder = await mkdtemp(join(tmpdir(), "demarche-"));
  const record = join(folder, "ties.demarche");
  const gone = () => rm(folder, { recursive: true, force: true });
  try {
    // From the repository, so that pages are named as they are there.
    await demarche(repository, ...(await made(folder)), "--record", record);
    const { at, end } = await showing(record, ...how);
    return { at, folder, record, end: () => (end(), gone()) };
  } catch (fault) {
    await gone();
    throw fault;
  }
}

/** A server of a record that is there: its address, and `end`. */
export async function showing(record, ...how) {
  const given = ["serve", "--record", record, "--port", "0", "--open", "no", ...how];
  const server = spawn(PROGRAM, given, { stdio: ["ignore", "ignore", "pipe"] });
  const end = () => server.kill("SIGKILL");
  try {
    return { at: await address(server), end };
  } catch (fault) {
    end();
    throw fault;
  }
}

/** Where a server is, which it says in its first line. */
async function address(server) {
  for await (const line of createInterface({ input: server.stderr })) {
    const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) return found[0];
    throw new Error(`demarche serve says: ${line}`);
  }
  throw new Error("demarche serve ended without a word");
}
