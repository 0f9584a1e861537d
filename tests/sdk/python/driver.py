"""Answers one command of JSON a line with one answer of JSON a line, by the stock `pusher` and `pysher`."""
import json
import os
import sys
import threading

import pusher
import pysher

HOST, PORT = os.environ["SDK_HOST"], int(os.environ["SDK_PORT"])
KEY, SECRET = os.environ["SDK_KEY"], os.environ["SDK_SECRET"]

backend = pusher.Pusher(app_id=os.environ["SDK_APP_ID"], key=KEY, secret=SECRET, ssl=False, host=HOST, port=PORT)
heard = []
ready = threading.Event()


def listen(channel):
    # Its default of 10 seconds is a choice of the SDK, which a server cannot change.
    client = pysher.Pusher(KEY, secure=False, custom_host=HOST, port=PORT, secret=SECRET, reconnect_interval=1)

    def subscribe(_):
        # Once per connection: what was signed for the last one is of no use.
        joined = client.subscribe(channel)
        joined.bind("pusher_internal:subscription_succeeded", lambda _: ready.set())
        joined.bind("said", lambda data: heard.append(json.loads(data)))

    client.connection.bind("pusher:connection_established", subscribe)
    client.connect()
    if not ready.wait(10):
        raise TimeoutError("not subscribed after 10 seconds")


def do(said):
    what = said["do"]
    if what == "trigger":
        return backend.trigger(said["channels"], said["name"], said["data"])
    if what == "batch":
        return backend.trigger_batch([{"channel": c, "name": "said", "data": said["data"]} for c in said["channels"]])
    if what == "info":
        return backend.channel_info(said["channel"], ["subscription_count"])
    if what == "users":
        return {"users": [user["id"] for user in backend.users_info(said["channel"])["users"]]}
    if what == "authorize":
        member = {"user_id": said["userId"]} if said["channel"].startswith("presence-") else None
        return backend.authenticate(channel=said["channel"], socket_id=said["socketId"], custom_data=member)
    if what == "webhook":
        return {"valid": backend.validate_webhook(said["key"], said["signature"], said["body"]) is not None}
    if what == "listen":
        return listen(said["channel"])
    return {"events": list(heard)}


for line in sys.stdin:
    try:
        answer = {"ok": do(json.loads(line))}
    except Exception as error:  # whatever it is, the other side says which command it was
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
