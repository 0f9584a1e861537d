/** Whether LISTEN works through an address: a transaction pooler accepts it and then never delivers anything. */
import postgres from "postgres";

/** Signs of a transaction pooler in an address. LISTEN seems to work through one, and nothing ever arrives. */
export function pooledBecause(url: string): string | undefined {
  const { hostname, port, searchParams } = new URL(url);
  if (/-pooler\b/.test(hostname)) return `its host is ${hostname}`;
  if (port === "6543" || port === "6432") return `its port is ${port}`;
  if (searchParams.get("pgbouncer") === "true") return "it says pgbouncer=true";
  return undefined;
}

/** Whether a notification that is sent comes back within two seconds, over another connection, as in production. */
export async function hearsNotifications(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  const channel = `imchat_doctor_${process.pid}`;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const late = setTimeout(() => resolve(false), 2_000);
      const heard = () => {
        clearTimeout(late);
        resolve(true);
      };
      sql
        .listen(channel, heard)
        .then(() => sql.notify(channel, "hello"))
        .catch(reject);
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
