/** Channel names are built and read here only. */

/** Always the signed-in person's own; the one channel of the chat. */
export const inboxChannel = "private-inbox";

const userChannelPrefix = "#server-to-user-";
export const userChannel = (personId: string) => `${userChannelPrefix}${personId}`;

/** What the Pusher protocol allows in a channel name; `#` is reserved for the user channel. */
const legal = /^[A-Za-z0-9_\-=@,.;]{1,164}$/;
export const isChannelName = (name: string) => legal.test(name);
/** Two numbers and a dot. Validated before anything is signed: the string to sign is built from it. */
export const isSocketId = (socketId: string) => /^[0-9]{1,20}\.[0-9]{1,20}$/.test(socketId);
